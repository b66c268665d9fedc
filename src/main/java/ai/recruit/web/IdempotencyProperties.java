package ai.recruit.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param keep how long an answer can be had again ({@code RECRUIT_IDEMPOTENCY_KEEP})
 * @param patience for a request that is one transaction
 * @param atOnce how many requests are one transaction at the same time; the others wait, so that there are always connections
 *     for what a request does besides
 * @param lease how long after the end of a process its requests that are not one transaction count as running
 */
@ConfigurationProperties("recruit.idempotency")
record IdempotencyProperties(
        @DefaultValue("24h") Duration keep,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("8") int atOnce,
        @DefaultValue("20s") Duration lease) {}
