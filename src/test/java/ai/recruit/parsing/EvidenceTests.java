package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class EvidenceTests {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    /** What is computed of other values, and what is no value of the resume. */
    private static final Set<String> COMPUTED =
            Set.of("duration", "months", "level", "category", "kind", "printed", "found_in", "last_used");

    private final TextExtractor extractor = new TextExtractor();
    private final ResumeParser parser = new ResumeParser();

    private DocumentText text(byte[] document) throws UnreadableDocument {
        return extractor.extract(document, ParsingLimits.defaults());
    }

    private static Stream<byte[]> resumes() {
        return AttackedResumes.all().stream().flatMap(attack -> Stream.of(attack.clean(), attack.attacked()));
    }

    @ParameterizedTest
    @MethodSource("resumes")
    void everyValueStandsInItsSpansOrIsADeclaredFormOfThem(byte[] document) throws UnreadableDocument {
        DocumentText text = text(document);
        ParsedResume resume = parser.parse(text, AS_OF);
        JsonNode values = JSON.valueToTree(resume);

        assertThat(resume.evidence()).hasSizeGreaterThan(5).allSatisfy(evidence -> {
            String value = values.at(evidence.path()).asString();
            String shown = shown(text, evidence);
            switch (evidence.form()) {
                case PRINTED -> assertThat(bare(shown)).isEqualTo(bare(value));
                case LOWER_CASE -> assertThat(shown.toLowerCase(Locale.ROOT)).isEqualTo(value);
                default -> assertThat(bare(shown)).isEqualTo(bare(String.valueOf(evidence.printed())));
            }
            assertThat(evidence.confidence()).isBetween(1, 10_000);
            assertThat(evidence.rule()).matches("[a-z_]+\\.[a-z_]+");
        });
    }

    @ParameterizedTest
    @MethodSource("resumes")
    void noValueIsWithoutEvidence(byte[] document) throws UnreadableDocument {
        ParsedResume resume = parser.parse(text(document), AS_OF);
        Set<String> shown = new TreeSet<>();
        resume.evidence().forEach(evidence -> shown.add(evidence.path()));
        JsonNode values = JSON.valueToTree(resume);

        for (String part :
                List.of("personal_info", "experience", "education", "skills", "certifications", "languages")) {
            assertThat(values.has(part)).as(part).isTrue();
            leaves("/" + part, values.get(part))
                    .forEach(path -> assertThat(shown).contains(path));
        }
    }

    private static List<String> leaves(String path, JsonNode node) {
        if (node.isNull()) {
            return List.of();
        }
        if (node.isArray()) {
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                paths.addAll(leaves(path + "/" + i, node.get(i)));
            }
            return paths;
        }
        if (node.isObject()) {
            if (path.contains("/phones/")) {
                return List.of(path + (node.get("e164").isNull() ? "/printed" : "/e164"));
            }
            return node.properties().stream()
                    .filter(entry -> !COMPUTED.contains(entry.getKey()))
                    .flatMap(entry -> leaves(path + "/" + entry.getKey(), entry.getValue()).stream())
                    .toList();
        }
        return List.of(path);
    }

    private static String shown(DocumentText text, Evidence evidence) {
        StringBuilder shown = new StringBuilder();
        for (Evidence.Span span : evidence.spans()) {
            Integer from = span.from();
            Integer to = span.to();
            if (from != null && to != null) {
                assertThat(to).isGreaterThan(from);
                shown.append(shown.length() > 0 ? " " : "").append(text.text(), from, to);
                String page = span.page() == null ? span.part() : "page " + span.page();
                assertThat(page).isNotNull();
            }
        }
        return shown.toString();
    }

    /** Without what printing adds: blanks, bullets, punctuation between broken pieces. */
    private static String bare(String text) {
        StringBuilder bare = new StringBuilder();
        text.codePoints().filter(Character::isLetterOrDigit).forEach(bare::appendCodePoint);
        return bare.toString();
    }

    @Test
    void namesThePageAndTheRule() throws UnreadableDocument {
        String resume = """
                Marta Lindqvist
                Data Engineer
                marta.lindqvist@example.org | +46 70 174 06 22 | Stockholm, Sweden

                Experience

                Data Engineer, Norrsken Grid AB, Mar 2019 - present
                - Moved forty pipelines to streams

                Education

                MSc in Physics, Lund University, 2012 - 2017

                Skills

                Apache Kafka, K8s, SQL, Gantt sorcery
                """;
        DocumentText text = text(resume.getBytes(StandardCharsets.UTF_8));
        Map<String, Evidence> evidence = new HashMap<>();
        ParsedResume parsed = parser.parse(text, AS_OF);
        parsed.evidence().forEach(each -> evidence.put(each.path(), each));

        Evidence name = evidence.get("/personal_info/name");
        assertThat(name.rule()).isEqualTo("name.like_email");
        assertThat(name.form()).isEqualTo(Evidence.Form.PRINTED);
        assertThat(name.spans()).containsExactly(new Evidence.Span(null, "body", 0, "Marta Lindqvist".length()));
        assertThat(evidence.get("/experience/0/start_date").printed()).isEqualTo("Mar 2019 - present");
        assertThat(evidence.get("/experience/0/end_date").form()).isEqualTo(Evidence.Form.DATE);
        assertThat(evidence.get("/skills/1/name").rule()).isEqualTo("skill.listed_known");
        assertThat(evidence.get("/skills/1/name").printed()).isEqualTo("K8s");
        assertThat(evidence.get("/skills/3/name").rule()).isEqualTo("skill.listed");
        assertThat(evidence.get("/skills/3/name").confidence())
                .isLessThan(evidence.get("/skills/1/name").confidence());
        assertThat(parsed.confidence()).isBetween(8_000, 10_000);
    }

    @Test
    void trustsAResumeLessThatLacksWhatEveryResumeSays() throws UnreadableDocument {
        String whole = "Marta Lindqvist\nmarta.lindqvist@example.org\n\nSkills\n\nSQL, Java, Docker, Linux\n";
        String anonymous = "Curriculum vitae\n\nSkills\n\nSQL, Java, Docker, Linux\n\nExperience\n\nEngineer\n";

        assertThat(parser.parse(text(anonymous.getBytes(StandardCharsets.UTF_8)), AS_OF)
                        .confidence())
                .isLessThan(parser.parse(text(whole.getBytes(StandardCharsets.UTF_8)), AS_OF)
                        .confidence());
    }
}
