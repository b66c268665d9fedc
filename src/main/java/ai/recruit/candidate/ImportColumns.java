package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.Problem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file of candidates holds what, told by its first line, in English or Russian.
 *
 * @param fields the field of each column, in their order; empty for one that is not read
 */
record ImportColumns(List<String> fields) {

    /** What people call the fields. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("first_name", List.of("firstname", "given_name", "имя")),
            Map.entry("last_name", List.of("lastname", "surname", "family_name", "фамилия")),
            Map.entry("email", List.of("e_mail", "email_address", "mail", "почта", "эл_почта", "электронная_почта")),
            Map.entry("phone", List.of("phone_number", "telephone", "mobile", "телефон", "номер_телефона")),
            Map.entry("title", List.of("job_title", "headline", "должность", "профессия")),
            Map.entry("location", List.of("city", "address", "город", "местоположение")),
            Map.entry("summary", List.of("about", "о_себе", "описание")),
            Map.entry("skills", List.of("key_skills", "навыки", "ключевые_навыки")),
            Map.entry("experience_years", List.of("years_of_experience", "experience", "опыт", "опыт_лет", "стаж")),
            Map.entry("source", List.of("источник")),
            Map.entry("status", List.of("stage", "статус", "этап")),
            Map.entry("tags", List.of("labels", "теги", "метки")),
            Map.entry("position_id", List.of()),
            Map.entry("resume_url", List.of("resume", "cv", "резюме")));

    /** What an export has besides, and the service says itself. */
    private static final Set<String> PASSED_OVER = Set.of(
            "id",
            "score",
            "education_degree",
            "education_field",
            "education_institution",
            "last_viewed_at",
            "created_at",
            "updated_at");

    private static final Map<String, String> FIELDS = fieldsByName();
    private static final Pattern BETWEEN = Pattern.compile("[\\s_.,()-]+");
    private static final Pattern GUARD = Pattern.compile("'+[=@+\\t\\r-].*", Pattern.DOTALL);
    private static final Pattern LISTED = Pattern.compile("[;,|\\n]");
    private static final Pattern YEARS = Pattern.compile("\\d{1,2}([.,]\\d{1,2})?");

    ImportColumns {
        fields = List.copyOf(fields);
    }

    private static Map<String, String> fieldsByName() {
        Map<String, String> fields = new HashMap<>();
        NAMES.forEach((field, others) -> {
            fields.put(field, field);
            others.forEach(other -> fields.put(other, field));
        });
        PASSED_OVER.forEach(name -> fields.put(name, ""));
        return fields;
    }

    /** @throws Problem {@code INVALID_REQUEST} for a column that is unknown or there twice, and when the columns do not do */
    static ImportColumns of(List<String> names) {
        FieldChecks checks = new FieldChecks();
        Set<String> seen = new LinkedHashSet<>();
        List<String> fields = names.stream()
                .map(name -> {
                    String plain = BETWEEN.matcher(name.strip().toLowerCase(Locale.ROOT))
                            .replaceAll("_");
                    String field = FIELDS.get(plain);
                    String column = name.strip().isEmpty() ? "header" : name.strip();
                    if (field == null) {
                        checks.reject(
                                column,
                                "is not a column of candidates; known are "
                                        + String.join(", ", new TreeSet<>(NAMES.keySet())));
                    } else if (!field.isEmpty() && !seen.add(field)) {
                        checks.reject(column, "is there twice");
                    }
                    return field == null ? "" : field;
                })
                .toList();
        if (checks.problems().isEmpty()) {
            if (!seen.contains("first_name") && !seen.contains("last_name")) {
                checks.reject("header", "must have a column first_name or last_name");
            }
            if (!seen.contains("email") && !seen.contains("phone")) {
                checks.reject("header", "must have a column email or phone");
            }
        }
        checks.verify();
        return new ImportColumns(fields);
    }

    /**
     * A row.
     *
     * @param candidate as if a client had sent it
     * @param status the word of a status
     */
    record Read(NewCandidate candidate, String status, List<String> tags) {}

    /** A row as the columns say; what is wrong is left to the checks. */
    Read read(List<String> cells, FieldChecks checks) {
        if (cells.size() > fields.size()) {
            checks.reject("row", "has " + cells.size() + " values for " + fields.size() + " columns");
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < Math.min(cells.size(), fields.size()); i++) {
            String text = cells.get(i);
            if (text.indexOf('\uFFFD') >= 0) {
                checks.reject(
                        fields.get(i).isEmpty() ? "row" : fields.get(i), "is not text in the charset of the file");
            } else if (!text.isBlank()) {
                // The export's guard against formulas.
                values.put(fields.get(i), GUARD.matcher(text).matches() ? text.substring(1) : text);
            }
        }
        NewCandidate candidate = new NewCandidate(
                        values.get("first_name"),
                        values.get("last_name"),
                        values.get("email"),
                        values.get("phone"),
                        values.get("position_id"),
                        values.get("source"),
                        values.get("resume_url"),
                        values.get("title"),
                        values.get("location"),
                        values.get("summary"),
                        listed(values.get("skills")),
                        years(values.get("experience_years"), checks))
                .checked(checks);
        List<String> tags = checks.texts("tags", listed(values.get("tags")), Tags.MOST, Tags.LONGEST);
        return new Read(candidate, status(values.get("status"), checks), tags);
    }

    private static @Nullable List<@Nullable String> listed(@Nullable String text) {
        return text == null
                ? null
                : Arrays.stream(LISTED.split(text, -1))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    private static @Nullable Integer years(@Nullable String text, FieldChecks checks) {
        if (text == null) {
            return null;
        }
        if (!YEARS.matcher(text.strip()).matches()) {
            checks.reject("experience_years", "must be a number of years");
            return null;
        }
        return (int) Double.parseDouble(text.strip().replace(',', '.'));
    }

    private static String status(@Nullable String text, FieldChecks checks) {
        if (text == null) {
            return CandidateStatus.INITIAL_SCREENING.word();
        }
        try {
            return CandidateStatus.checked("status", text);
        } catch (Problem wrong) {
            wrong.details().forEach(detail -> checks.reject(detail.field(), detail.message()));
            return "";
        }
    }
}
