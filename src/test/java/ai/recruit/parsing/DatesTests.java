package ai.recruit.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sep 2019 - present              | 2019-09 | present
            September 2019 – Aug. 2021      | 2019-09 | 2021-08
            Sept. '19 to May '20            | 2019-09 | 2020-05
            June – August 2020              | 2020-06 | 2020-08
            03/2018 - 05/2020               | 2018-03 | 2020-05
            03.2018—по настоящее время      | 2018-03 | present
            2018-03 – 2020-05               | 2018-03 | 2020-05
            2015–2019                       | 2015    | 2019
            2015 — н.в.                     | 2015    | present
            сент. 2019 - н. в.              | 2019-09 | present
            Сентябрь 2019 — Июнь 2021 г.    | 2019-09 | 2021-06
            с мая 2016 по декабрь 2018      | 2016-05 | 2018-12
            с 2019 по настоящее время       | 2019    | present
            since March 2020                | 2020-03 | present
            Summer 2021                     | 2021    | 2021
            01.09.2016 - 31.05.2018         | 2016-09 | 2018-05
            March 2012 – Ongoing            | 2012-03 | present
            """)
    void areReadInEveryUsualForm(String text, String start, String end) {
        Dates.Range range = Objects.requireNonNull(Dates.range("Engineer, " + text.strip()));

        assertThat(Objects.requireNonNull(range.start()).text()).isEqualTo(start.strip());
        assertThat(Objects.requireNonNull(range.end()).text()).isEqualTo(end.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "may contain dates",
        "march to the sea",
        "increased sales by 2015 units",
        "Windows 2012",
        "a present for now",
        "9.5 - 10.5 GPA"
    })
    void areNotSeenWhereThereIsNoRange(String text) {
        assertThat(Dates.range(text)).isNull();
    }
}
