package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GradingTests {

    /** Table 1.R of the requirements, C39. */
    static final Grading DOCUMENTED = bind(Map.of());

    private static Grading bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("recruit.matching", MatchingProperties.class)
                .grading();
    }

    @ParameterizedTest
    @CsvSource({"8000, high", "7999, medium", "6000, medium", "5999, low"})
    void callsTiersAsDocumented(int score, String tier) {
        assertThat(DOCUMENTED.tier(score)).isEqualTo(tier);
    }

    @Test
    void followsTheSettings() {
        Grading own = bind(Map.of(
                "recruit.matching.grading.high", "0.9",
                "recruit.matching.grading.medium", "0.5",
                "recruit.matching.grading.strong-recommend", "0.95",
                "recruit.matching.grading.recommend", "0.85",
                "recruit.matching.grading.consider", "0.5"));
        assertThat(own.tier(8_999)).isEqualTo("medium");
        assertThat(own.tier(5_000)).isEqualTo("medium");
        assertThat(own.recommendation(8_710)).isEqualTo(Recommendation.RECOMMEND);
        assertThat(own.recommendation(8_400)).isEqualTo(Recommendation.CONSIDER);
        assertThat(own.recommendation(9_450)).isEqualTo(Recommendation.STRONG_RECOMMEND);
        assertThat(own.recommendation(4_949)).isEqualTo(Recommendation.NOT_RECOMMEND);
    }

    @ParameterizedTest
    @CsvSource({
        "high, 0.6",
        "high, 1.1",
        "medium, 0.8",
        "medium, -0.1",
        "strong-recommend, 0.75",
        "recommend, 0.9",
        "recommend, 0.6",
        "consider, 0.75"
    })
    void refusesLimitsThatDoNotDescend(String name, BigDecimal value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    try {
                        bind(Map.of("recruit.matching.grading." + name, value.toPlainString()));
                    } catch (BindException refused) {
                        Throwable cause = refused;
                        while (cause.getCause() != null) {
                            cause = cause.getCause();
                        }
                        throw cause;
                    }
                })
                .withMessageContaining("recruit.matching.grading.");
    }
}
