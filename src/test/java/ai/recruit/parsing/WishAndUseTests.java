package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class WishAndUseTests {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);

    private final TextExtractor extractor = new TextExtractor();
    private final ResumeParser parser = new ResumeParser();

    private ParsedResume parse(String text) throws UnreadableDocument {
        return parser.parse(extractor.extract(text.getBytes(StandardCharsets.UTF_8), ParsingLimits.defaults()), AS_OF);
    }

    private ParsedResume.Wishes wishes(String lines) throws UnreadableDocument {
        return parse(
                        "Marta Lindqvist\nmarta@example.org\n\n" + lines
                                + "\n\nExperience\n\nEngineer, Norrsken Grid AB, 2019 - 2021\nSalary: 90 000 EUR\n\nSkills\n\nSQL, Java\n")
                .wishes();
    }

    @Test
    void readsWhatIsWantedInEnglish() throws UnreadableDocument {
        ParsedResume.Wishes wishes = wishes("""
                Desired salary: $85,000 per year | Notice period: 2 weeks
                Employment type: full-time, contract
                Work mode: remote or hybrid
                Not willing to relocate
                """);

        assertThat(wishes)
                .isEqualTo(new ParsedResume.Wishes(
                        85_000L,
                        "USD",
                        "year",
                        "2 weeks",
                        "2026-01-29",
                        List.of("full_time", "contract"),
                        List.of("remote", "hybrid"),
                        false));
    }

    @Test
    void readsWhatIsWantedInRussian() throws UnreadableDocument {
        ParsedResume.Wishes wishes = wishes("""
                Москва, готов к переезду, готов к командировкам
                Желаемая зарплата: от 150 тыс. руб. в месяц
                Занятость: полная занятость, частичная занятость
                График работы: полный день, удаленная работа
                Готовность приступить: сразу
                """);

        assertThat(wishes)
                .isEqualTo(new ParsedResume.Wishes(
                        150_000L,
                        "RUB",
                        "month",
                        "сразу",
                        "2026-01-15",
                        List.of("full_time", "part_time"),
                        List.of("remote"),
                        true));
    }

    @Test
    void readsTheSalaryBelowItsHeading() throws UnreadableDocument {
        assertThat(wishes("Желаемая должность и зарплата\n\nИнженер\n120 000 ₽ на руки"))
                .extracting(ParsedResume.Wishes::salary, ParsedResume.Wishes::currency)
                .containsExactly(120_000L, "RUB");
    }

    @Test
    void takesNoSalaryOfAJobForAWish() throws UnreadableDocument {
        assertThat(wishes("Engineer with a taste for order")).isEqualTo(ParsedResume.Wishes.NONE);
    }

    @Test
    void countsTheMonthsOfASkillOnceWhereJobsOverlap() throws UnreadableDocument {
        ParsedResume resume = parse("""
                Marta Lindqvist
                marta@example.org

                Experience

                Data Engineer, Norrsken Grid AB, Mar 2021 - present
                - Moved forty pipelines to Apache Kafka and Kubernetes

                Developer, Fjord Data AS, Jan 2020 - Dec 2021
                - Wrote services in Java on K8s

                Developer, Holm Systems AB, Jan 2015 - Dec 2016
                - Wrote reports

                Skills

                Kubernetes, Java, Kafka, Gantt sorcery
                """);

        assertThat(resume.skills())
                .extracting(
                        ParsedResume.Skill::name,
                        ParsedResume.Skill::foundIn,
                        ParsedResume.Skill::months,
                        ParsedResume.Skill::lastUsed)
                .containsExactly(
                        tuple("Kubernetes", List.of("skills", "experience"), 73, "present"),
                        tuple("Java", List.of("skills", "experience"), 24, "2021-12"),
                        tuple("Apache Kafka", List.of("skills", "experience"), 59, "present"),
                        tuple("Gantt sorcery", List.of("skills"), null, null));
        assertThat(resume.evidence())
                .filteredOn(evidence -> evidence.path().equals("/skills/0/months"))
                .singleElement()
                .satisfies(evidence -> assertThat(evidence.spans()).hasSize(2));
    }
}
