package ai.recruit.matching;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * How a candidate and a job of the marketplace go together (requirements R003; the answer is not documented). Scores are
 * 0 to 1 with four decimals.
 *
 * @param candidateId as the client wrote it
 * @param jobId as the client wrote it
 * @param threshold from which score on this is a match
 * @param weights 0 to 1, by part, as they are in effect
 * @param reason in Russian where the client prefers that, else in English
 */
record MarketplaceMatch(
        String candidateId,
        String jobId,
        BigDecimal matchScore,
        boolean isMatch,
        BigDecimal threshold,
        BigDecimal skillScore,
        BigDecimal experienceScore,
        BigDecimal salaryScore,
        BigDecimal locationScore,
        Map<String, BigDecimal> weights,
        List<String> matchedSkills,
        List<MatchResponse.PartialSkill> partialSkills,
        List<String> missingSkills,
        String tier,
        String reason,
        MatchResponse.FitResponse fit,
        String engineVersion,
        String scoreHash) {

    /** The request. */
    record Request(@Nullable String candidateId, @Nullable String jobId) {}

    static MarketplaceMatch of(
            String candidateId,
            String jobId,
            Score score,
            WeightProfile profile,
            int threshold,
            Grading grading,
            HttpHeaders headers) {
        return new MarketplaceMatch(
                candidateId,
                jobId,
                MatchResponse.share(score.total()),
                score.total() >= threshold,
                MatchResponse.share(threshold),
                MatchResponse.share(score, ScorePart.SKILLS),
                MatchResponse.share(score, ScorePart.EXPERIENCE),
                MatchResponse.share(score, ScorePart.SALARY),
                MatchResponse.share(score, ScorePart.LOCATION),
                MatchResponse.shares(profile),
                score.matchingSkills(),
                MatchResponse.PartialSkill.of(score),
                score.missingSkills(),
                grading.tier(score.total()),
                Wording.of(score).in(headers),
                MatchResponse.FitResponse.of(score.fit()),
                score.engineVersion(),
                score.hash());
    }
}
