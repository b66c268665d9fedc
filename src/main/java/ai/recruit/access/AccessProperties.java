package ai.recruit.access;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people and programs are let in.
 *
 * @param secretKey the text that the keys of stored secrets are derived from ({@code SECRET_KEY})
 * @param secretKeyPrevious the one before, which opens what was stored under it ({@code SECRET_KEY_PREVIOUS})
 * @param adminEmail the address of the first administrator ({@code RECRUIT_ADMIN_EMAIL})
 * @param adminPassword the password of the first administrator ({@code RECRUIT_ADMIN_PASSWORD})
 * @param registration whether candidates may make accounts by themselves ({@code RECRUIT_REGISTRATION})
 * @param issuer the claim {@code iss}
 * @param audience the claim {@code aud}
 * @param tokenLifetime how long an access token lives
 * @param sessionLifetime how long a login lives after its last refresh
 * @param clockSkew how far the clocks of two nodes may differ
 * @param keyRotation how long a key signs
 * @param ticketLifetime how long a stream ticket waits to be used
 * @param corsOrigins origins of browsers that may call from elsewhere; empty for the same origin alone
 * @param throttle limits of login
 */
@ConfigurationProperties("recruit.access")
record AccessProperties(
        @Nullable String secretKey,
        @Nullable String secretKeyPrevious,
        @Nullable String adminEmail,
        @Nullable String adminPassword,
        @DefaultValue("true") boolean registration,
        @DefaultValue("recruit-ai") String issuer,
        @DefaultValue("recruit-api") String audience,
        @DefaultValue("1h") Duration tokenLifetime,
        @DefaultValue("30d") Duration sessionLifetime,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("30d") Duration keyRotation,
        @DefaultValue("60s") Duration ticketLifetime,
        @DefaultValue List<String> corsOrigins,
        @DefaultValue Throttle throttle) {

    /**
     * @param window how long attempts are remembered
     * @param perPair attempts from one source on one account in a window
     * @param perSource attempts from one source in a window, on accounts that it has not logged in to before
     * @param registrationsPerSource registrations from one source in a window
     * @param knownFor how long a source that has logged in to an account is remembered for it
     */
    record Throttle(
            @DefaultValue("5m") Duration window,
            @DefaultValue("10") int perPair,
            @DefaultValue("40") int perSource,
            @DefaultValue("20") int registrationsPerSource,
            @DefaultValue("30d") Duration knownFor) {}
}
