package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What would have to be otherwise for a score to cross a threshold: upwards, what the candidate lacks; downwards, what the
 * match rests on. First every single fact, each changed by as little as suffices; when no single one suffices, the
 * smallest number of facts that do together. Every answer has been scored.
 */
final class Counterfactuals {

    private static final int MOST = 10;
    /** A place that is none, so that nothing is in it. */
    static final String ELSEWHERE = "elsewhere";

    private static final int SEVEN_THOUSAND_TO_FULL = 48;

    private final ScoringEngine engine;
    private final CandidateFacts candidate;
    private final ScoringEngine.Position position;
    private final int threshold;
    private final boolean above;

    /**
     * One fact and how far it can go.
     *
     * @param steps more of them never move the score back
     * @param at the change of so many steps, at least one
     */
    private record Lever(long steps, LongFunction<Change> at) {}

    private Counterfactuals(
            ScoringEngine engine, CandidateFacts candidate, ScoringEngine.Position position, int threshold) {
        this.engine = engine;
        this.candidate = candidate;
        this.position = position;
        this.threshold = threshold;
        this.above = total(candidate) >= threshold;
    }

    /**
     * The smallest changes.
     *
     * @param threshold basis points; a score at it is above
     * @return at most ten; empty when nothing that can change suffices
     */
    static List<Counterfactual> of(ScoringEngine engine, CandidateFacts candidate, JobFacts job, int threshold) {
        return new Counterfactuals(engine, candidate, new ScoringEngine.Position(job), threshold).find();
    }

    private List<Counterfactual> find() {
        int start = total(candidate);
        List<Lever> levers = (above ? lowering() : raising())
                .stream()
                        .filter(lever -> lever.steps() > 0
                                && total(lever.at().apply(lever.steps()).applyTo(candidate)) != start)
                        .toList();
        Map<List<Change>, Counterfactual> found = new LinkedHashMap<>();
        for (int size = 1; size <= levers.size() && found.isEmpty(); size++) {
            choose(levers, 0, size, new ArrayList<>(), found);
        }
        return List.copyOf(found.values());
    }

    /** Tries all sets of this size. */
    private void choose(
            List<Lever> levers, int from, int size, List<Lever> chosen, Map<List<Change>, Counterfactual> found) {
        if (chosen.size() == size) {
            if (crosses(apply(chosen, full(chosen)))) {
                shrink(chosen, false, found);
                shrink(chosen, true, found);
            }
            return;
        }
        for (int i = from; i < levers.size() && found.size() < MOST; i++) {
            chosen.add(levers.get(i));
            choose(levers, i + 1, size, chosen, found);
            chosen.remove(chosen.size() - 1);
        }
    }

    private static long[] full(List<Lever> levers) {
        return levers.stream().mapToLong(Lever::steps).toArray();
    }

    /** Takes each fact back as far as the others allow. */
    private void shrink(List<Lever> levers, boolean backwards, Map<List<Change>, Counterfactual> found) {
        long[] steps = full(levers);
        for (int n = 0; n < steps.length; n++) {
            int i = backwards ? steps.length - 1 - n : n;
            long low = 0;
            long high = steps[i];
            while (low < high) {
                steps[i] = low + (high - low) / 2;
                if (crosses(apply(levers, steps))) {
                    high = steps[i];
                } else {
                    low = steps[i] + 1;
                }
            }
            steps[i] = high;
        }
        List<Change> changes = withoutIdleSkills(changes(levers, steps));
        CandidateFacts changed = apply(changes);
        if (found.size() < MOST && crosses(changed)) {
            found.putIfAbsent(changes, new Counterfactual(changes, total(changed)));
        }
    }

    /** A skill may have become idle by a later one that is related to what it stood for. */
    private List<Change> withoutIdleSkills(List<Change> changes) {
        List<Change> best = changes;
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (!change.field().equals(Change.SKILLS)) {
                continue;
            }
            for (boolean adds : new boolean[] {true, false}) {
                for (String skill : adds ? change.add() : change.remove()) {
                    Change now = best.get(i);
                    List<String> rest = new ArrayList<>(adds ? now.add() : now.remove());
                    rest.remove(skill);
                    List<Change> shorter = new ArrayList<>(best);
                    shorter.set(i, adds ? Change.adding(Change.SKILLS, rest) : Change.removing(Change.SKILLS, rest));
                    if (!rest.isEmpty() && crosses(apply(shorter))) {
                        best = shorter;
                    }
                }
            }
        }
        return List.copyOf(best);
    }

    private static List<Change> changes(List<Lever> levers, long[] steps) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] > 0) {
                changes.add(levers.get(i).at().apply(steps[i]));
            }
        }
        return changes;
    }

    private CandidateFacts apply(List<Lever> levers, long[] steps) {
        return apply(changes(levers, steps));
    }

    private CandidateFacts apply(List<Change> changes) {
        CandidateFacts changed = candidate;
        for (Change change : changes) {
            changed = change.applyTo(changed);
        }
        return changed;
    }

    private int total(CandidateFacts facts) {
        return engine.assess(new ScoringEngine.Person(facts), position).total();
    }

    private boolean crosses(CandidateFacts facts) {
        return total(facts) >= threshold != above;
    }

    private List<Contribution> skills() {
        return engine
                .score(new ScoringEngine.Person(candidate), position)
                .part(ScorePart.SKILLS)
                .contributions()
                .stream()
                .filter(skill -> skill.kind() != Contribution.Kind.TITLE_WORD)
                .toList();
    }

    private List<Lever> raising() {
        List<Lever> levers = new ArrayList<>();
        List<String> missing = skills().stream()
                .filter(skill -> skill.verdict() != Verdict.MATCHED)
                .sorted(Comparator.comparingInt((Contribution skill) -> skill.points() - skill.weight()))
                .map(skill -> Objects.requireNonNull(skill.required()))
                .toList();
        levers.add(new Lever(missing.size(), steps -> Change.adding(Change.SKILLS, missing.subList(0, (int) steps))));
        int months = candidate.experienceMonths();
        Integer asked = position.facts().minExperienceMonths();
        levers.add(new Lever(
                Math.max(0, (asked == null ? 0 : asked) + SEVEN_THOUSAND_TO_FULL - months),
                steps -> Change.setting(Change.EXPERIENCE, months, months + steps)));
        EducationLevel level = candidate.education();
        EducationLevel[] levels = EducationLevel.values();
        int reached = level == null ? -1 : level.ordinal();
        levers.add(new Lever(
                levels.length - 1L - reached,
                steps -> Change.setting(Change.EDUCATION, word(level), levels[reached + (int) steps].word())));
        levers.add(new Lever(
                1,
                steps -> Change.setting(
                        Change.LOCATION, candidate.location(), position.facts().location())));
        levers.addAll(conditions());
        return levers;
    }

    private List<Lever> conditions() {
        List<Lever> levers = new ArrayList<>();
        CandidateFacts.Wishes wishes = candidate.wishes();
        JobFacts job = position.facts();
        Long salary = wishes.salary();
        Long offer = job.offer();
        if (salary != null && offer != null && ScoringEngine.comparable(wishes, job)) {
            levers.add(new Lever(
                    Math.max(0, salary - offer), steps -> Change.setting(Change.SALARY, salary, salary - steps)));
        }
        String mode = job.workMode();
        if (mode != null && !wishes.workModes().isEmpty()) {
            levers.add(new Lever(1, steps -> Change.adding(Change.WORK_MODES, List.of(mode))));
        }
        String type = job.employmentType();
        if (type != null && !wishes.employmentTypes().isEmpty()) {
            levers.add(new Lever(1, steps -> Change.adding(Change.EMPLOYMENT_TYPES, List.of(type))));
        }
        Integer available = wishes.availableInDays();
        Integer start = job.startsInDays();
        if (available != null && start != null) {
            levers.add(new Lever(
                    Math.max(0, available - start),
                    steps -> Change.setting(Change.AVAILABLE, available, available - steps)));
        }
        if (Boolean.FALSE.equals(wishes.relocates())) {
            levers.add(new Lever(1, steps -> Change.setting(Change.RELOCATES, false, true)));
        }
        return levers;
    }

    private List<Lever> lowering() {
        List<Lever> levers = new ArrayList<>();
        List<String> matched = skills().stream()
                .filter(skill -> skill.evidence() != null)
                .sorted(Comparator.comparingInt((Contribution skill) -> -skill.points()))
                .map(skill -> Objects.requireNonNull(skill.evidence()).value())
                .distinct()
                .toList();
        levers.add(new Lever(matched.size(), steps -> Change.removing(Change.SKILLS, matched.subList(0, (int) steps))));
        int months = candidate.experienceMonths();
        levers.add(new Lever(months, steps -> Change.setting(Change.EXPERIENCE, months, months - steps)));
        EducationLevel level = candidate.education();
        if (level != null) {
            levers.add(new Lever(level.ordinal() + 1L, steps -> {
                int left = level.ordinal() - (int) steps;
                return Change.setting(
                        Change.EDUCATION, word(level), left < 0 ? null : EducationLevel.values()[left].word());
            }));
        }
        levers.add(new Lever(1, steps -> Change.setting(Change.LOCATION, candidate.location(), ELSEWHERE)));
        Long salary = candidate.wishes().salary();
        Long offer = position.facts().offer();
        if (salary != null && offer != null && ScoringEngine.comparable(candidate.wishes(), position.facts())) {
            levers.add(new Lever(
                    Math.max(0, Math.min(2 * offer, JobFacts.MAX_AMOUNT) - salary),
                    steps -> Change.setting(Change.SALARY, salary, salary + steps)));
        }
        return levers;
    }

    private static @Nullable String word(@Nullable EducationLevel level) {
        return level == null ? null : level.word();
    }
}
