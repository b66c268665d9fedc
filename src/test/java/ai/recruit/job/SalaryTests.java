package ai.recruit.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalaryTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    $100k - $150k                       | 100000 | 150000 | USD
                    $100,000 to $150,000 per year       | 100000 | 150000 | USD
                    100-150k USD                        | 100000 | 150000 | USD
                    USD 85.5k–95k                       | 85500  | 95000  | USD
                    €55.000 - €65.000                   | 55000  | 65000  | EUR
                    £45,000                             | 45000  | 45000  | GBP
                    CA$90k - CA$110k                    | 90000  | 110000 | CAD
                    up to $120,000                      |        | 120000 | USD
                    from 3 000 €                        | 3000   |        | EUR
                    $60k+                               | 60000  |        | USD
                    от 100 000 руб.                     | 100000 |        | RUB
                    от 100 000 до 150 000 ₽             | 100000 | 150000 | RUB
                    до 250 000 руб. на руки             |        | 250000 | RUB
                    120–150 тыс. руб.                   | 120000 | 150000 | RUB
                    80 000 сом                          | 80000  | 80000  | KGS
                    500 000 - 700 000 тенге             | 500000 | 700000 | KZT
                    1,5 млн руб.                        | 1500000| 1500000| RUB
                    $45.50 - $60 per hour               | 46     | 60     | USD
                    $1.2m                               | 1200000| 1200000| USD
                    90000 - 120000                      | 90000  | 120000 |
                    $100k - $150k plus 10% bonus        | 100000 | 150000 | USD
                    between 50,000 and 60,000 EUR       | 50000  | 60000  | EUR
                    """)
    void readsAmountsAndCurrency(String text, @Nullable Long min, @Nullable Long max, @Nullable String currency) {
        assertThat(Salary.parse(text)).contains(new Salary(min, max, currency));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "competitive",
                "по договорённости",
                "DOE",
                "",
                "0",
                "$150k - $100k",
                "$100k - $150k, senior $180k - $220k",
                "99999999999999999999999999"
            })
    void doesNotGuess(String text) {
        assertThat(Salary.parse(text)).isEmpty();
    }

    @Test
    void understandsNonBreakingSpaces() {
        assertThat(Salary.parse("от 100\u00a0000\u202fруб.")).contains(new Salary(100_000L, null, "RUB"));
    }
}
