package ai.recruit.access;

import ai.recruit.kernel.StartupFailure;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much each account and each service key may ask (table 1.R, C13).
 *
 * @param enabled whether requests are counted at all ({@code RECRUIT_RATE_ENABLED})
 * @param hour requests of the recruiter API in a {@code hourWindow}, whatever the plan ({@code RECRUIT_RATE_HOUR})
 * @param free requests of everything else in a {@code planWindow} ({@code RECRUIT_RATE_FREE})
 * @param pro ({@code RECRUIT_RATE_PRO})
 * @param enterprise ({@code RECRUIT_RATE_ENTERPRISE})
 */
@ConfigurationProperties("recruit.rate")
record RateProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1000") int hour,
        @DefaultValue("1h") Duration hourWindow,
        @DefaultValue("60") int free,
        @DefaultValue("300") int pro,
        @DefaultValue("1000") int enterprise,
        @DefaultValue("1m") Duration planWindow) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    RateProperties {
        if (hour < 1 || free < 1 || pro < 1 || enterprise < 1) {
            throw new StartupFailure("RECRUIT_RATE_HOUR, _FREE, _PRO and _ENTERPRISE must be 1 or more.");
        }
        if (hourWindow.compareTo(SHORTEST) < 0 || planWindow.compareTo(SHORTEST) < 0) {
            throw new StartupFailure("RECRUIT_RATE_HOUR_WINDOW and RECRUIT_RATE_PLAN_WINDOW must be 1s or more.");
        }
    }

    /** The limit of the recruiter API. */
    RateLimit hourly() {
        return new RateLimit("hour", hour, hourWindow);
    }

    /** The limit of everything else. */
    RateLimit of(Plan plan) {
        int most =
                switch (plan) {
                    case FREE -> free;
                    case PRO -> pro;
                    case ENTERPRISE -> enterprise;
                };
        return new RateLimit("plan", most, planWindow);
    }
}
