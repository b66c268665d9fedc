package ai.recruit.interview;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * What the caller may know of an interview's scorecards.
 *
 * @param blind whether the others' are kept back
 * @param submitted who has submitted, in the order of time
 * @param pending who has not
 * @param scorecards those that may be read: one's own, and the submitted ones of others unless blind
 */
record ScorecardsResponse(
        @Schema(example = "int_0192f0c1a2b37c4d8e5f60718293a4b7")
        String interviewId,

        boolean blind,
        List<Submission> submitted,

        @Schema(example = "[\"usr_0192f0c1a2b37c4d8e5f60718293a4b9\"]")
        List<String> pending,

        List<Scorecard> scorecards) {

    /** That somebody has submitted, and nothing of what. */
    record Submission(
            @Schema(example = "usr_0192f0c1a2b37c4d8e5f60718293a4b8")
            String interviewer,

            Instant submittedAt) {}
}
