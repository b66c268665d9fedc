package ai.recruit.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the audit.
 *
 * @param sealEvery how long an entry waits at most before it is chained
 * @param publishEvery how often the head of the chain is published while it moves; the last one of a day always is
 */
@ConfigurationProperties("recruit.audit")
record AuditProperties(
        @DefaultValue("1s") Duration sealEvery,
        @DefaultValue("1m") Duration publishEvery) {}
