package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a candidate that would be another one.
 *
 * @param field which, for example {@code skills}
 * @param add what would stand in the list besides
 * @param remove what would not stand in the list
 * @param from what stands there, for fields that are no lists; null when nothing is known
 * @param to what would stand there; null for nothing
 */
record Change(
        String field,
        List<String> add,
        List<String> remove,
        @Nullable String from,
        @Nullable String to) {

    static final String SKILLS = "skills";
    static final String EXPERIENCE = "experience_months";
    static final String EDUCATION = "education_level";
    static final String LOCATION = "location";
    static final String SALARY = "salary_wish";
    static final String WORK_MODES = "work_modes";
    static final String EMPLOYMENT_TYPES = "employment_types";
    static final String AVAILABLE = "available_in_days";
    static final String RELOCATES = "relocates";

    Change {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }

    static Change adding(String field, List<String> values) {
        return new Change(field, values, List.of(), null, null);
    }

    static Change removing(String field, List<String> values) {
        return new Change(field, List.of(), values, null, null);
    }

    static Change setting(String field, @Nullable Object from, @Nullable Object to) {
        return new Change(
                field, List.of(), List.of(), from == null ? null : from.toString(), to == null ? null : to.toString());
    }

    /** The facts with this change. */
    CandidateFacts applyTo(CandidateFacts facts) {
        CandidateFacts.Wishes wishes = facts.wishes();
        return switch (field) {
            case SKILLS ->
                new CandidateFacts(
                        changed(facts.skills()),
                        facts.title(),
                        facts.experienceMonths(),
                        facts.education(),
                        facts.location(),
                        wishes);
            case EXPERIENCE ->
                new CandidateFacts(
                        facts.skills(),
                        facts.title(),
                        Integer.parseInt(target()),
                        facts.education(),
                        facts.location(),
                        wishes);
            case EDUCATION ->
                new CandidateFacts(
                        facts.skills(),
                        facts.title(),
                        facts.experienceMonths(),
                        to == null ? null : EducationLevel.valueOf(to.toUpperCase(Locale.ROOT)),
                        facts.location(),
                        wishes);
            case LOCATION ->
                new CandidateFacts(
                        facts.skills(), facts.title(), facts.experienceMonths(), facts.education(), to, wishes);
            case SALARY -> with(facts, Long.valueOf(target()), wishes.availableInDays(), wishes.relocates());
            case AVAILABLE -> with(facts, wishes.salary(), Integer.valueOf(target()), wishes.relocates());
            case RELOCATES -> with(facts, wishes.salary(), wishes.availableInDays(), Boolean.valueOf(target()));
            case WORK_MODES -> with(facts, changed(wishes.workModes()), wishes.employmentTypes());
            case EMPLOYMENT_TYPES -> with(facts, wishes.workModes(), changed(wishes.employmentTypes()));
            default -> throw new IllegalStateException("No field of a candidate: " + field);
        };
    }

    private String target() {
        if (to == null) {
            throw new IllegalStateException("A change of " + field + " to nothing");
        }
        return to;
    }

    private List<String> changed(List<String> values) {
        List<String> changed = new ArrayList<>(values);
        changed.removeAll(remove);
        changed.addAll(add);
        return changed;
    }

    private static CandidateFacts with(
            CandidateFacts facts,
            @Nullable Long salary,
            @Nullable Integer availableInDays,
            @Nullable Boolean relocates) {
        CandidateFacts.Wishes wishes = facts.wishes();
        return with(
                facts,
                new CandidateFacts.Wishes(
                        salary,
                        wishes.currency(),
                        wishes.workModes(),
                        wishes.employmentTypes(),
                        wishes.languages(),
                        availableInDays,
                        relocates,
                        wishes.locations()));
    }

    private static CandidateFacts with(CandidateFacts facts, List<String> workModes, List<String> employmentTypes) {
        CandidateFacts.Wishes wishes = facts.wishes();
        return with(
                facts,
                new CandidateFacts.Wishes(
                        wishes.salary(),
                        wishes.currency(),
                        workModes,
                        employmentTypes,
                        wishes.languages(),
                        wishes.availableInDays(),
                        wishes.relocates(),
                        wishes.locations()));
    }

    private static CandidateFacts with(CandidateFacts facts, CandidateFacts.Wishes wishes) {
        return new CandidateFacts(
                facts.skills(), facts.title(), facts.experienceMonths(), facts.education(), facts.location(), wishes);
    }
}
