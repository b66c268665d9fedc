package ai.recruit.interview;

import ai.recruit.web.ETags;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What changes and scorecards need to know of an interview.
 *
 * @param mine {@code open} or {@code submitted}: the caller's own scorecard; null for who is no interviewer
 */
record StoredInterview(
        UUID id,
        UUID ownerId,
        UUID candidateId,
        UUID positionId,
        InterviewStatus status,
        List<UUID> interviewers,
        int totalQuestions,
        @Nullable String mine,
        long version,
        Instant generatedAt) {

    /** The tag of what this caller sees of it. */
    String tag() {
        return tag(version, mine);
    }

    static String tag(long version, @Nullable String mine) {
        return ETags.of("interview", version, mine);
    }
}
