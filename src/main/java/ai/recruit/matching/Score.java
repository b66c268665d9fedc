package ai.recruit.matching;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a candidate fits a job, and why. All numbers are basis points, 0 to 10000.
 *
 * @param engineVersion the rules and the weights
 * @param lexiconHash the lexicon that relates skills
 * @param total the weighted mean of the parts: exactly the sum of the points of all contributions
 * @param parts in the order of {@link ScorePart}
 * @param fit each side's view
 */
record Score(String engineVersion, String lexiconHash, int total, List<Part> parts, Fit fit) {

    Score {
        parts = List.copyOf(parts);
    }

    /**
     * One part of a score.
     *
     * @param score of the part by itself
     * @param weight what the part counts for
     * @param points what it adds to the total
     * @param assessed false when there was nothing to compare, so that the score is a neutral one
     */
    record Part(ScorePart part, int score, int weight, int points, boolean assessed, List<Contribution> contributions) {

        Part {
            contributions = List.copyOf(contributions);
        }
    }

    /**
     * Both directions.
     *
     * @param candidateForJob what the candidate brings of what the job asks for: skills, experience, education and
     *     location in their weights
     * @param jobForCandidate how much of what the candidate has declared to want the job gives; null when they have
     *     declared nothing that the job speaks of
     * @param wishes one by one; their weights and points are those of {@code jobForCandidate}
     */
    record Fit(int candidateForJob, @Nullable Integer jobForCandidate, List<Contribution> wishes) {

        Fit {
            wishes = List.copyOf(wishes);
        }
    }

    Part part(ScorePart part) {
        return parts.get(part.ordinal());
    }

    List<Contribution> contributions() {
        return parts.stream().flatMap(part -> part.contributions().stream()).toList();
    }

    /** What the job asks for and the candidate has, in the job's order. */
    List<String> matchingSkills() {
        return skills(Verdict.MATCHED);
    }

    /** What the job asks for and the candidate does not name, in the job's order; also what a related skill stands for. */
    List<String> missingSkills() {
        return part(ScorePart.SKILLS).contributions().stream()
                .filter(Score::isSkill)
                .filter(skill -> skill.verdict() != Verdict.MATCHED)
                .map(Score::required)
                .toList();
    }

    /** Skills that a related one stands for. */
    List<Contribution> partialSkills() {
        return part(ScorePart.SKILLS).contributions().stream()
                .filter(Score::isSkill)
                .filter(skill -> skill.verdict() == Verdict.PARTIAL)
                .toList();
    }

    private List<String> skills(Verdict verdict) {
        return part(ScorePart.SKILLS).contributions().stream()
                .filter(Score::isSkill)
                .filter(skill -> skill.verdict() == verdict)
                .map(Score::required)
                .toList();
    }

    private static String required(Contribution contribution) {
        return String.valueOf(contribution.required());
    }

    private static boolean isSkill(Contribution contribution) {
        return contribution.kind() == Contribution.Kind.REQUIRED_SKILL
                || contribution.kind() == Contribution.Kind.PREFERRED_SKILL;
    }

    /** Changes when anything of the score, its parts or its evidence does. */
    String hash() {
        StringBuilder text = new StringBuilder(1024)
                .append(engineVersion)
                .append('\n')
                .append(lexiconHash)
                .append('\n')
                .append(total)
                .append('\n');
        for (Part part : parts) {
            text.append(part.part())
                    .append('\t')
                    .append(part.score())
                    .append('\t')
                    .append(part.weight())
                    .append('\t')
                    .append(part.points())
                    .append('\t')
                    .append(part.assessed())
                    .append('\n');
            part.contributions().forEach(contribution -> append(text, contribution));
        }
        text.append(fit.candidateForJob())
                .append('\t')
                .append(fit.jobForCandidate())
                .append('\n');
        fit.wishes().forEach(wish -> append(text, wish));
        return Facts.hash(text.toString());
    }

    private static void append(StringBuilder text, Contribution contribution) {
        text.append(contribution.kind())
                .append('\t')
                .append(contribution.required())
                .append('\t')
                .append(contribution.verdict())
                .append('\t')
                .append(contribution.weight())
                .append('\t')
                .append(contribution.points());
        Contribution.Evidence evidence = contribution.evidence();
        if (evidence != null) {
            text.append('\t')
                    .append(evidence.field())
                    .append('\t')
                    .append(evidence.value())
                    .append('\t')
                    .append(evidence.relation());
        }
        text.append('\n');
    }
}
