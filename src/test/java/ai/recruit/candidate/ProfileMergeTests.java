package ai.recruit.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileMergeTests {

    private static final UUID OLD = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final UUID NEW = UUID.fromString("01900000-0000-7000-8000-000000000002");
    private static final Education BACHELOR = new Education("BSc", "Physics", "Riga", EducationLevel.BACHELOR);
    private static final Education MASTER = new Education("MSc", "Physics", "Oslo", EducationLevel.MASTER);

    @Test
    void newerResumeReplacesWhatItStatesAndLeavesTheRest() {
        Candidate merged = ProfileMerge.merge(
                known(OLD, "Welder", "Riga", List.of("TIG", "mig"), MASTER),
                resume(NEW, "Senior welder", null, List.of("MIG", "Python"), BACHELOR));

        assertThat(merged.title()).isEqualTo("Senior welder");
        assertThat(merged.location()).isEqualTo("Riga");
        assertThat(merged.skills()).containsExactly("MIG", "Python", "TIG");
        assertThat(merged.education()).isEqualTo(MASTER);
        assertThat(merged.resumeId()).isEqualTo(NEW);
    }

    @Test
    void olderResumeOnlyFillsGaps() {
        Candidate merged = ProfileMerge.merge(
                known(NEW, "Senior welder", null, List.of("MIG"), Education.NONE),
                resume(OLD, "Welder", "Riga", List.of("TIG"), BACHELOR));

        assertThat(merged.title()).isEqualTo("Senior welder");
        assertThat(merged.location()).isEqualTo("Riga");
        assertThat(merged.skills()).containsExactly("MIG", "TIG");
        assertThat(merged.education()).isEqualTo(BACHELOR);
        assertThat(merged.resumeId()).isEqualTo(NEW);
        assertThat(merged.resumeData()).isEqualTo("{\"of\":2}");
    }

    @Test
    void doesNotTakeTwoPeopleWithOneTelephoneForOne() {
        Candidate known = known(OLD, "Welder", null, List.of(), Education.NONE);
        ParsedProfile other = new ParsedProfile(
                null,
                NEW,
                "Ilze",
                "Kalna",
                null,
                "+37120000000",
                null,
                null,
                null,
                List.of(),
                0,
                Education.NONE,
                "t",
                "{}",
                Wishes.NONE);

        assertThat(ProfileMerge.maySharePhone(known, "ilze@example.com", other)).isFalse();
        assertThat(ProfileMerge.maySharePhone(known, null, other)).isTrue();
        assertThat(ProfileMerge.maySharePhone(known, "Janis@Example.com", other))
                .isTrue();
    }

    private static Candidate known(
            UUID resume, @Nullable String title, @Nullable String location, List<String> skills, Education education) {
        Instant then = Instant.EPOCH;
        String data = resume.equals(NEW) ? "{\"of\":2}" : "{\"of\":1}";
        return new Candidate(
                resume,
                resume,
                "Janis",
                "Ozols",
                "janis@example.com",
                "+37120000000",
                location,
                title,
                null,
                skills,
                12,
                education,
                "initial_screening",
                0,
                "t",
                null,
                data,
                resume,
                then,
                then,
                1,
                Wishes.NONE,
                Wishes.NONE,
                Set.of(),
                Access.OWN);
    }

    private static ParsedProfile resume(
            UUID id, @Nullable String title, @Nullable String location, List<String> skills, Education education) {
        String data = id.equals(NEW) ? "{\"of\":2}" : "{\"of\":1}";
        return new ParsedProfile(
                null,
                id,
                "Janis",
                "Ozols",
                null,
                null,
                location,
                title,
                null,
                skills,
                0,
                education,
                "t",
                data,
                Wishes.NONE);
    }
}
