package ai.recruit.matching;

import ai.recruit.kernel.IdKind;
import ai.recruit.matching.MatchResponse.PartialSkill;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One place of a ranking: a pair as the standard engine scores it. Scores are 0 to 1 with four decimals.
 *
 * @param rank from 1
 */
record Ranking(
        int rank,
        String candidateId,
        String jobId,
        BigDecimal matchScore,
        BigDecimal skillMatchScore,
        BigDecimal experienceMatchScore,
        BigDecimal educationMatchScore,
        BigDecimal locationMatchScore,
        BigDecimal salaryMatchScore,

        @Schema(description = "Working conditions that both sides have declared; a neutral 0.75 when there is none")
        BigDecimal culturalFit,

        List<String> matchingSkills,
        List<PartialSkill> partialSkills,
        List<String> missingSkills) {

    /** @param asked the skills that are asked for, in the order of the numbers; empty when there are none */
    static Ranking of(int rank, UUID candidateId, UUID jobId, PairNumbers numbers, List<String> asked) {
        List<String> matching = new ArrayList<>();
        List<PartialSkill> partial = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String skill = asked.get(i);
            if (Verdict.of(numbers.credit(i)) == Verdict.MATCHED) {
                matching.add(skill);
                continue;
            }
            // As in stored matches, what a related skill stands for is still not there.
            missing.add(skill);
            if (numbers.credit(i) > 0) {
                partial.add(new PartialSkill(skill, numbers.earnedBy(i), numbers.earnedHow(i)));
            }
        }
        return new Ranking(
                rank,
                IdKind.CANDIDATE.format(candidateId),
                IdKind.JOB.format(jobId),
                MatchResponse.share(numbers.total()),
                share(numbers, ScorePart.SKILLS),
                share(numbers, ScorePart.EXPERIENCE),
                share(numbers, ScorePart.EDUCATION),
                share(numbers, ScorePart.LOCATION),
                share(numbers, ScorePart.SALARY),
                share(numbers, ScorePart.WORKING_CONDITIONS),
                matching,
                partial,
                missing);
    }

    private static BigDecimal share(PairNumbers numbers, ScorePart part) {
        return MatchResponse.share(numbers.score(part));
    }
}
