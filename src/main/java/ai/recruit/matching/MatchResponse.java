package ai.recruit.matching;

import ai.recruit.kernel.IdKind;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A match with all that its score is made of. Scores are 0 to 1 with four decimals; weights and points are basis points
 * of the total, and the points of all contributions add up to it exactly.
 */
record MatchResponse(
        String matchId,
        String candidateId,
        String jobId,
        @Schema(description = "As stored") BigDecimal matchScore,
        BigDecimal skillMatchScore,
        BigDecimal experienceMatchScore,
        BigDecimal educationMatchScore,
        BigDecimal locationMatchScore,
        BigDecimal salaryMatchScore,

        @Schema(description = "Working conditions that both sides have declared; a neutral 0.75 when there is none")
        BigDecimal culturalFit,

        boolean culturalFitAssessed,
        @Schema(allowableValues = {"high", "medium", "low"}) String tier,
        Recommendation recommendation,

        @Schema(description = "The least scores of the tiers and of the recommendations, as configured")
        Grading grading,

        List<String> matchingSkills,
        List<PartialSkill> partialSkills,
        List<String> missingSkills,
        String explanation,

        @Schema(description = "The reasons of the breakdown in words")
        Wording reason,

        Breakdown breakdown,
        FitResponse fit,
        String engineVersion,
        @Nullable String lexiconHash,
        @Nullable String inputsHash,
        @Nullable String scoreHash,
        @Nullable String viewedAt,
        String createdAt,
        String updatedAt) {

    /** @param relatedSkill the skill that earned a part */
    record PartialSkill(String skill, @Nullable String relatedSkill, SkillRelations.@Nullable Relation relation) {

        static List<PartialSkill> of(Score score) {
            return score.partialSkills().stream().map(PartialSkill::of).toList();
        }

        private static PartialSkill of(Contribution skill) {
            Contribution.Evidence evidence = skill.evidence();
            return new PartialSkill(
                    String.valueOf(skill.required()),
                    evidence == null ? null : evidence.value(),
                    evidence == null ? null : evidence.relation());
        }
    }

    /**
     * The sum.
     *
     * @param total basis points
     * @param agrees whether this is the stored score, hash and all; of another profile it is not
     * @param weights basis points, by part
     */
    record Breakdown(
            String profile,
            Map<String, Integer> weights,
            int total,
            boolean agrees,
            String engineVersion,
            String lexiconHash,
            String scoreHash,
            List<PartResponse> parts) {}

    record PartResponse(
            ScorePart part,
            BigDecimal score,
            int weight,
            int points,
            boolean assessed,
            List<ContributionResponse> contributions) {

        static List<PartResponse> of(Score score) {
            return score.parts().stream()
                    .map(part -> new PartResponse(
                            part.part(),
                            share(part.score()),
                            part.weight(),
                            part.points(),
                            part.assessed(),
                            part.contributions().stream()
                                    .map(ContributionResponse::of)
                                    .toList()))
                    .toList();
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ContributionResponse(
            Contribution.Kind requirement,
            @Nullable String required,
            Verdict verdict,
            int weight,
            int points,

            @Schema(description = "The field of the candidate that this rests on")
            Contribution.@Nullable Evidence evidence,

            Wording text) {

        static ContributionResponse of(Contribution contribution) {
            return new ContributionResponse(
                    contribution.kind(),
                    contribution.required(),
                    contribution.verdict(),
                    contribution.weight(),
                    contribution.points(),
                    contribution.evidence(),
                    Wording.of(contribution));
        }
    }

    /**
     * Each side's view.
     *
     * @param jobForCandidate null when the candidate has declared no wish that the job speaks of
     */
    record FitResponse(
            BigDecimal candidateForJob, @Nullable BigDecimal jobForCandidate, List<ContributionResponse> wishes) {

        static FitResponse of(Score.Fit fit) {
            Integer back = fit.jobForCandidate();
            return new FitResponse(
                    share(fit.candidateForJob()),
                    back == null ? null : share(back),
                    fit.wishes().stream().map(ContributionResponse::of).toList());
        }
    }

    static MatchResponse of(StoredMatch match, Score score, WeightProfile profile, Grading grading) {
        return new MatchResponse(
                IdKind.MATCH.format(match.id()),
                IdKind.CANDIDATE.format(match.candidateId()),
                IdKind.JOB.format(match.jobId()),
                share(match.score()),
                share(score, ScorePart.SKILLS),
                share(score, ScorePart.EXPERIENCE),
                share(score, ScorePart.EDUCATION),
                share(score, ScorePart.LOCATION),
                share(score, ScorePart.SALARY),
                share(score, ScorePart.WORKING_CONDITIONS),
                score.part(ScorePart.WORKING_CONDITIONS).assessed(),
                grading.tier(match.score()),
                grading.recommendation(match.score()),
                grading,
                score.matchingSkills(),
                PartialSkill.of(score),
                score.missingSkills(),
                match.explanation(),
                Wording.of(score),
                breakdown(match, score, profile),
                FitResponse.of(score.fit()),
                match.engineVersion(),
                match.lexiconHash(),
                match.inputsHash(),
                match.scoreHash(),
                match.viewedAt(),
                match.createdAt(),
                match.updatedAt());
    }

    private static Breakdown breakdown(StoredMatch match, Score score, WeightProfile profile) {
        return new Breakdown(
                profile.name(),
                profile.byPart(),
                score.total(),
                score.hash().equals(match.scoreHash()),
                score.engineVersion(),
                score.lexiconHash(),
                score.hash(),
                PartResponse.of(score));
    }

    static BigDecimal share(Score score, ScorePart part) {
        return share(score.part(part).score());
    }

    /** Weights that add up to 1. */
    static Map<String, BigDecimal> shares(WeightProfile profile) {
        Map<String, BigDecimal> shares = new LinkedHashMap<>();
        profile.byPart().forEach((part, weight) -> shares.put(part, share(weight)));
        return shares;
    }

    static BigDecimal share(int basisPoints) {
        return BigDecimal.valueOf(basisPoints, 4);
    }
}
