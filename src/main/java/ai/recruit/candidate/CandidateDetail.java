package ai.recruit.candidate;

import ai.recruit.kernel.IdKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A candidate of the recruiter's database in full: the row of the list, and what the newest resume says. */
final class CandidateDetail {

    /** Months of use from which a level is reached. */
    private static final int INTERMEDIATE = 12;

    private static final int ADVANCED = 36;
    private static final int EXPERT = 72;

    private CandidateDetail() {}

    /**
     * Joins them.
     *
     * @param row the candidate's row of the list
     * @param notes rows of notes, the newest first
     */
    static ObjectNode of(Candidate candidate, String row, List<String> notes, JsonMapper json) {
        ObjectNode detail = (ObjectNode) json.readTree(row);
        JsonNode data = json.readTree(candidate.resumeData());
        detail.put("summary", candidate.summary());
        detail.set("work_history", list(data, "experience", json));
        detail.set("education_history", list(data, "education", json));
        detail.set("certifications", list(data, "certifications", json));
        detail.set("languages", list(data, "languages", json));
        detail.set("skill_details", json.valueToTree(skills(candidate, data)));
        detail.set("wishes", json.valueToTree(WishesResponse.of(candidate.wanted())));
        detail.put("resume_id", candidate.resumeId() == null ? null : IdKind.RESUME.format(candidate.resumeId()));
        detail.set(
                "notes",
                json.createArrayNode().addAll(notes.stream().map(json::readTree).toList()));
        detail.set("resume_data", data);
        return detail;
    }

    private static JsonNode list(JsonNode data, String field, JsonMapper json) {
        JsonNode list = data.path(field);
        return list.isArray() ? list : json.createArrayNode();
    }

    /**
     * A skill.
     *
     * @param proficiencyLevel {@code beginner}, {@code intermediate} from a year of dated use, {@code advanced} from
     *     three, {@code expert} from six; null when no dated job names the skill
     */
    private record Skill(
            String name,
            @Nullable String proficiencyLevel,
            @Nullable Integer months,
            @Nullable String lastUsed) {}

    private static List<Skill> skills(Candidate candidate, JsonNode data) {
        List<Skill> skills = new ArrayList<>();
        for (String name : candidate.skills()) {
            Integer months = null;
            String lastUsed = null;
            for (JsonNode use : data.path("skill_use")) {
                if (use.path("name").asString("").equalsIgnoreCase(name)) {
                    months = use.path("months").isInt()
                            ? (Integer) use.path("months").asInt()
                            : null;
                    lastUsed = use.path("last_used").isString()
                            ? use.path("last_used").asString()
                            : null;
                }
            }
            skills.add(new Skill(name, level(months), months, lastUsed));
        }
        return skills;
    }

    private static @Nullable String level(@Nullable Integer months) {
        if (months == null) {
            return null;
        }
        if (months >= EXPERT) {
            return "expert";
        }
        if (months >= ADVANCED) {
            return "advanced";
        }
        return months >= INTERMEDIATE ? "intermediate" : "beginner";
    }
}
