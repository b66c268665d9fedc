package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MatchingPropertiesTests {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @EnableConfigurationProperties(MatchingProperties.class)
    static class Bound {}

    private void profiles(List<String> expected, String... properties) {
        application
                .withPropertyValues(properties)
                .run(context -> assertThat(
                                context.getBean(MatchingProperties.class).profiles())
                        .extracting(WeightProfile::version)
                        .containsExactlyElementsOf(expected));
    }

    @Test
    void knowsTheThreeDocumentedProfiles() {
        profiles(List.of(
                "matching:4000-3000-1000-0-2000-0",
                "recruiter:4000-3000-1000-0-0-2000",
                "marketplace:4000-3000-0-2000-1000-0"));
    }

    @Test
    void splitsTheSalaryWeightOfTheMarketplaceWhenLocationHasNone() {
        profiles(
                List.of(
                        "matching:4000-3000-1000-0-2000-0",
                        "recruiter:4000-3000-1000-0-0-2000",
                        "marketplace:4000-3000-0-2000-1000-0"),
                "recruit.matching.weights.marketplace.salary=0.3",
                "recruit.matching.weights.marketplace.location=");
    }

    @Test
    void bringsWeightsThatAreGivenToOneSum() {
        profiles(
                List.of(
                        "matching:4000-3000-1000-0-2000-0",
                        "recruiter:5000-3750-1250-0-0-0",
                        "marketplace:3636-2728-0-2727-909-0"),
                "recruit.matching.weights.recruiter.working-conditions=0",
                "recruit.matching.weights.marketplace.salary=0.3",
                "recruit.matching.weights.marketplace.location=0.1");
    }

    @Test
    void refusesAThresholdThatIsNone() {
        application
                .withPropertyValues("recruit.matching.threshold=70")
                .run(context -> assertThat(context).hasFailed());
    }
}
