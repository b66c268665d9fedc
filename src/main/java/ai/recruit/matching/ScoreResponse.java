package ai.recruit.matching;

import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The score of a candidate (requirements R271 to R280, and what is additive). Scores are 0 to 100, rounded half up.
 *
 * @param positionId null when the candidate was scored against criteria alone
 * @param reasoning in Russian where the client prefers that, else in English
 */
record ScoreResponse(
        String candidateId,
        @Nullable String positionId,
        int overallScore,
        int skillMatch,
        int experienceMatch,
        int educationMatch,

        @Schema(description = "Working conditions that both sides have declared; a neutral 75 when there is none")
        int culturalFit,

        Recommendation recommendation,
        String reasoning,
        Instant calculatedAt,
        boolean culturalFitAssessed,
        List<String> matchedSkills,
        List<MatchResponse.PartialSkill> partialSkills,
        List<String> missingSkills,

        @Schema(description = "Basis points, by part") Map<String, Integer> weights,

        @Schema(description = "The points of all contributions add up to the score, in basis points")
        List<MatchResponse.PartResponse> parts,

        MatchResponse.FitResponse fit,
        Grading grading,
        String engineVersion,
        String lexiconHash,
        String inputsHash,
        String scoreHash) {

    static ScoreResponse of(
            UUID candidateId,
            @Nullable UUID jobId,
            Score score,
            String inputsHash,
            WeightProfile profile,
            Grading grading,
            Instant at,
            HttpHeaders headers) {
        return new ScoreResponse(
                IdKind.CANDIDATE.format(candidateId),
                jobId == null ? null : IdKind.position(jobId),
                points(score.total()),
                points(score.part(ScorePart.SKILLS).score()),
                points(score.part(ScorePart.EXPERIENCE).score()),
                points(score.part(ScorePart.EDUCATION).score()),
                points(score.part(ScorePart.WORKING_CONDITIONS).score()),
                grading.recommendation(score.total()),
                Wording.of(score).in(headers),
                at.truncatedTo(ChronoUnit.MILLIS),
                score.part(ScorePart.WORKING_CONDITIONS).assessed(),
                score.matchingSkills(),
                MatchResponse.PartialSkill.of(score),
                score.missingSkills(),
                profile.byPart(),
                MatchResponse.PartResponse.of(score),
                MatchResponse.FitResponse.of(score.fit()),
                grading,
                score.engineVersion(),
                score.lexiconHash(),
                inputsHash,
                score.hash());
    }

    private static int points(int basisPoints) {
        return (int) Rounding.share(basisPoints, 100);
    }
}
