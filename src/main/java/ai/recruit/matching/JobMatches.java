package ai.recruit.matching;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** How jobs fit the caller's own profile (requirements R326 to R332, and what is additive). */
record JobMatches(boolean success, Data data) {

    /** @param jobIds 1 to 100 */
    record Request(@Nullable List<@Nullable String> jobIds) {}

    /**
     * @param matches best first
     * @param unknownJobIds those that there are no active jobs of
     */
    record Data(List<JobMatch> matches, List<String> unknownJobIds) {}

    /**
     * @param jobId as the client wrote it
     * @param score 0 to 1 with four decimals
     * @param reason in Russian where the client prefers that, else in English
     * @param fit what the job asks for, and what the caller wishes for
     */
    record JobMatch(
            String jobId,
            BigDecimal score,
            String reason,
            List<String> matchedSkills,
            List<String> missingSkills,
            List<MatchResponse.PartialSkill> partialSkills,
            String tier,
            MatchResponse.FitResponse fit) {}

    static JobMatches of(MatchingProfiles.Found found, Grading grading, HttpHeaders headers) {
        return new JobMatches(
                true,
                new Data(
                        found.scores().entrySet().stream()
                                .map(entry -> match(entry.getKey(), entry.getValue(), grading, headers))
                                .toList(),
                        found.missing()));
    }

    private static JobMatch match(String jobId, Score score, Grading grading, HttpHeaders headers) {
        return new JobMatch(
                jobId,
                MatchResponse.share(score.total()),
                Wording.of(score).in(headers),
                score.matchingSkills(),
                score.missingSkills(),
                MatchResponse.PartialSkill.of(score),
                grading.tier(score.total()),
                MatchResponse.FitResponse.of(score.fit()));
    }
}
