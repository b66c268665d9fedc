package ai.recruit.candidate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of a profile when another resume of the same person comes in. */
final class ProfileMerge {

    private static final Comparator<EducationLevel> BY_HEIGHT = Comparator.naturalOrder();

    private ProfileMerge() {}

    /** The profile after the resume has been taken over. */
    static Candidate merge(Candidate known, ParsedProfile resume) {
        ParsedProfile old = new ParsedProfile(
                null,
                known.resumeId() == null ? resume.resumeId() : known.resumeId(),
                known.firstName(),
                known.lastName(),
                known.email(),
                known.phone(),
                known.location(),
                known.title(),
                known.summary(),
                known.skills(),
                known.experienceMonths(),
                known.education(),
                known.source() == null ? resume.source() : known.source(),
                known.resumeData(),
                known.resumeWishes());
        boolean newer = known.resumeId() == null || !isBefore(resume.resumeId(), known.resumeId());
        ParsedProfile over = newer ? resume : old;
        ParsedProfile under = newer ? old : resume;
        // A first and a last name belong together: mixing two spellings of a name would make a third person.
        boolean named = over.firstName() != null || over.lastName() != null;
        boolean nameEdited =
                known.edited().contains("first_name") || known.edited().contains("last_name");
        ParsedProfile name = nameEdited ? old : named ? over : under;
        return new Candidate(
                known.id(),
                known.ownerId(),
                name.firstName(),
                name.lastName(),
                kept(known, "email") ? known.email() : first(over.email(), under.email()),
                kept(known, "phone") ? known.phone() : first(over.phone(), under.phone()),
                kept(known, "location") ? known.location() : first(over.location(), under.location()),
                kept(known, "title") ? known.title() : first(over.title(), under.title()),
                kept(known, "summary") ? known.summary() : first(over.summary(), under.summary()),
                kept(known, "skills") ? known.skills() : union(over.skills(), under.skills()),
                kept(known, "experience_years")
                        ? known.experienceMonths()
                        : over.experienceMonths() > 0 ? over.experienceMonths() : under.experienceMonths(),
                kept(known, "education") ? known.education() : higher(over.education(), under.education()),
                known.status(),
                known.scoreBp(),
                old.source(),
                known.positionId(),
                over.data(),
                over.resumeId(),
                known.createdAt(),
                known.updatedAt(),
                known.version(),
                known.wishes(),
                over.wishes().or(under.wishes()),
                known.edited(),
                known.access());
    }

    /** What a person has set is not overwritten by what a resume says. */
    private static boolean kept(Candidate known, String field) {
        return known.edited().contains(field);
    }

    /** A person who was not known before. */
    static Candidate begin(UUID id, UUID ownerId, ParsedProfile resume, Instant now) {
        return new Candidate(
                id,
                ownerId,
                resume.firstName(),
                resume.lastName(),
                resume.email(),
                resume.phone(),
                resume.location(),
                resume.title(),
                resume.summary(),
                union(resume.skills(), List.of()),
                resume.experienceMonths(),
                resume.education(),
                "initial_screening",
                0,
                resume.source(),
                null,
                resume.data(),
                resume.resumeId(),
                now,
                now,
                0,
                Wishes.NONE,
                resume.wishes(),
                Set.of(),
                Access.OWN);
    }

    private static @Nullable String first(@Nullable String newer, @Nullable String older) {
        return newer == null || newer.isBlank() ? older : newer;
    }

    static List<String> union(List<String> newer, List<String> older) {
        Map<String, String> skills = new LinkedHashMap<>();
        newer.forEach(skill -> skills.putIfAbsent(skill.toLowerCase(Locale.ROOT), skill));
        older.forEach(skill -> skills.putIfAbsent(skill.toLowerCase(Locale.ROOT), skill));
        return new ArrayList<>(skills.values());
    }

    private static Education higher(Education newer, Education older) {
        if (newer.isEmpty()) {
            return older;
        }
        if (older.isEmpty() || older.level() == null) {
            return newer;
        }
        return newer.level() == null || BY_HEIGHT.compare(newer.level(), older.level()) < 0 ? older : newer;
    }

    /** Unsigned order of the bytes, as PostgreSQL orders ids; {@link UUID#compareTo} compares signed halves. */
    static boolean isBefore(UUID id, UUID other) {
        int high = Long.compareUnsigned(id.getMostSignificantBits(), other.getMostSignificantBits());
        return high < 0
                || (high == 0
                        && Long.compareUnsigned(id.getLeastSignificantBits(), other.getLeastSignificantBits()) < 0);
    }

    /**
     * Whether a phone number that both give may be one person's. A number is often shared, by a family or by an agency
     * that puts its own on every resume: when the addresses differ and the names have no word in common, it is not.
     */
    static boolean maySharePhone(Candidate known, @Nullable String email, ParsedProfile resume) {
        if (known.email() == null || email == null || known.email().equalsIgnoreCase(email)) {
            return true;
        }
        Set<String> words = nameWords(known.firstName(), known.lastName());
        Set<String> others = nameWords(resume.firstName(), resume.lastName());
        if (words.isEmpty() || others.isEmpty()) {
            return true;
        }
        words.retainAll(others);
        return !words.isEmpty();
    }

    private static Set<String> nameWords(@Nullable String... names) {
        Set<String> words = new HashSet<>();
        for (String name : names) {
            if (name != null) {
                for (String word : name.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
                    if (word.length() > 1) {
                        words.add(word);
                    }
                }
            }
        }
        return words;
    }
}
