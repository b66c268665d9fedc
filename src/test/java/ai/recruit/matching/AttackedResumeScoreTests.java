package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.candidate.EducationLevel;
import ai.recruit.parsing.AttackedResumes;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttackedResumeScoreTests {

    private final ScoringEngine engine = new ScoringEngine(
            WeightProfile.of("matching", 4000, 3000, 1000, 0, 2000, 0), "lexicon", SkillRelations.NONE);
    private final TextExtractor extractor = new TextExtractor();
    private final ResumeParser parser = new ResumeParser();

    private static Stream<AttackedResumes.Attack> attacks() {
        return AttackedResumes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void scoresAnAttackedResumeAsItsCleanTwin(AttackedResumes.Attack attack) throws UnreadableDocument {
        for (List<String> asked : List.of(
                List.of("Kubernetes", "Terraform", "Scala", "Rust"),
                List.of("Java", "Python", "SQL"),
                List.of("JavaScript", "Linux", "Elasticsearch", "TensorFlow"))) {
            ScoringEngine.Position position = new ScoringEngine.Position(new JobFacts(
                    "Senior Software Engineer",
                    asked,
                    List.of(),
                    120,
                    EducationLevel.DOCTOR,
                    "Москва",
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    null));

            assertThat(engine.score(person(attack.attacked()), position))
                    .isEqualTo(engine.score(person(attack.clean()), position));
        }
    }

    private ScoringEngine.Person person(byte[] document) throws UnreadableDocument {
        ParsedResume resume =
                parser.parse(extractor.extract(document, ParsingLimits.defaults()), LocalDate.of(2026, 1, 15));
        EducationLevel level = resume.education().stream()
                .map(ParsedResume.Education::level)
                .filter(each -> each != null)
                .max(Enum::compareTo)
                .map(each -> EducationLevel.valueOf(each.name()))
                .orElse(null);
        return new ScoringEngine.Person(new CandidateFacts(
                resume.skillNames(),
                resume.personalInfo().headline(),
                resume.totalExperienceMonths(),
                level,
                resume.personalInfo().location(),
                CandidateFacts.Wishes.NONE));
    }
}
