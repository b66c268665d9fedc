package ai.recruit.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.parsing.ParsedResume;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class MaskTests {

    private static final ParsedResume ENGLISH = parse("""
            Anna-Maria O'Testova
            Software Engineer
            Berlin, Germany
            anna.testova@example.com | +49 151 2345 6789 | linkedin.com/in/anna-testova | https://anna.example.org

            SUMMARY
            Engineer with ten years of Java.

            EXPERIENCE
            Senior Engineer, Example Corp
            March 2018 - Present
            - Anna-Maria led a team of 12 in Berlin and raised throughput from 2015 to 2020 by 40%.
            - Write to anna.testova@example.com or call +49 (151) 2345-6789, see github.com/annatest/tools.

            SKILLS
            Java, Spring, PostgreSQL
            """);

    private static final ParsedResume RUSSIAN = parse("""
            Тестова Анна Петровна
            Инженер-программист
            Казань
            anna@example.ru, +7 916 123-45-67

            Опыт работы
            Старший инженер, ООО «Пример»
            март 2018 - по настоящее время
            - Под руководством Анны Петровны Тестовой построен сервис на Java.

            Навыки
            Java, Spring, PostgreSQL
            """);

    private static ParsedResume parse(String text) {
        return Parsed.resume(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Anna-Maria O'Testova, engineer            | [NAME]-[NAME] [NAME], engineer
                    ANNA's work                               | [NAME]'s work
                    Lives in Berlin                           | Lives in [PLACE]
                    mail me@else.example, bob (at) corp.io    | mail [EMAIL], [EMAIL]
                    +1 (555) 010-0199 or 8 916 123 45 67      | [PHONE] or [PHONE]
                    see https://a.example/x?y=1 and t.me/anna | see [LINK] and [LINK]
                    born 12.05.1990                           | born [DATE]
                    at 221b Baker Street, London              | at [ADDRESS], London
                    led 12 people, 2015-2020, 40% of 1000     | led 12 people, 2015-2020, 40% of 1000
                    Node.js and ASP.NET on AWS                | Node.js and ASP.NET on AWS
                    """)
    void takesOutWhatTellsWhoseItIs(String text, String masked) {
        assertThat(Mask.of(ENGLISH).apply(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Под руководством Анны Петровны Тестовой | Под руководством [NAME] [NAME] [NAME]
                    живу: ул. Ленина, д. 5, кв. 12          | живу: [ADDRESS]
                    офис в г. Казань                        | офис в г. [PLACE]
                    8 (916) 123-45-67                       | [PHONE]
                    """)
    void takesOutRussianNamesInTheirCases(String text, String masked) {
        assertThat(Mask.of(RUSSIAN).apply(text)).isEqualTo(masked);
    }

    @Test
    void sendsMaskedFactsAndNoMoreThanTheLimit() {
        JsonMapper json = new JsonMapper();
        for (ParsedResume resume : List.of(ENGLISH, RUSSIAN)) {
            String sent = Prompt.messages(resume, 12_000, json).toString();
            assertThat(sent)
                    .doesNotContainIgnoringCase(
                            "Anna",
                            "Testova",
                            "Анн",
                            "Петровн",
                            "Тестов",
                            "Berlin",
                            "Казань",
                            "example.",
                            "@",
                            "151",
                            "916")
                    .contains("Java", "PostgreSQL");
            assertThat(Prompt.messages(resume, 400, json).get(1).get("content").length())
                    .isLessThanOrEqualTo(400);
        }
    }
}
