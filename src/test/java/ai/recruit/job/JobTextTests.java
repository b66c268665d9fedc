package ai.recruit.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTextTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3+ years of experience with Java                    | 36
                    3-5 years of relevant experience                    | 36
                    At least two years in retail                        | 24
                    Minimum of 10 years managing teams                  | 120
                    Experience: 4 years                                 | 48
                    5+ years of Java, 2+ years of Kafka                 | 60
                    Опыт работы от 3 лет                                | 36
                    Опыт работы 1–3 года                                | 12
                    не менее 5 лет опыта в продажах                     | 60
                    от трёх лет опыта                                   | 36
                    от 2-х лет опыта                                    | 24
                    1.5 years of experience                             | 18
                    We have been on the market for 20 years             |
                    Founded 10 years ago, we build ships                |
                    You must be at least 21 years old                   |
                    Мы на рынке 15 лет                                  |
                    A friendly team                                     |
                    """)
    void readsTheLeastExperience(String text, @Nullable Integer months) {
        assertThat(JobText.of("Engineer", text, null).minExperienceMonths()).isEqualTo(months);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Bachelor's degree in Computer Science               | bachelor
                    Bachelor's or Master's degree                       | bachelor
                    Master's degree required                            | master
                    PhD in statistics                                   | doctor
                    Высшее образование                                  | bachelor
                    высшее техническое образование                      | bachelor
                    Среднее специальное образование                     | vocational
                    High school diploma or GED                          | secondary
                    You will master new tools                           |
                    A scrum master works with you                       |
                    неполное высшее образование                         |
                    """)
    void readsTheLeastEducation(String text, @Nullable String education) {
        assertThat(JobText.of("Engineer", text, null).education()).isEqualTo(education);
    }

    @Test
    void readsTheLevelFromTheTitleOnly() {
        assertThat(JobText.of("Senior Java Developer", "mentor junior colleagues", null)
                        .level())
                .isEqualTo("senior");
        assertThat(JobText.of("Java Developer", "report to the head of IT", null)
                        .level())
                .isNull();
        assertThat(JobText.of("Младший аналитик", null, null).level()).isEqualTo("junior");
    }
}
