package ai.recruit.privacy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of privacy rights.
 *
 * @param retentionDays after how many days without activity candidates are due, for accounts without a rule of their own;
 *     0 keeps them
 * @param retentionGraceDays how many days later they are erased
 * @param retentionAction {@code flag}: they are listed as due and nothing else; {@code erase}: they are erased
 * @param sweepEvery how often that is looked at, over all nodes
 * @param settle how long after an erasure its traces are cleared, so that requests which were running then are over
 * @param invitation how long a code works with which a person links their account
 */
@ConfigurationProperties("recruit.privacy")
record PrivacyProperties(
        @DefaultValue("0") int retentionDays,
        @DefaultValue("30") int retentionGraceDays,
        @DefaultValue("flag") String retentionAction,
        @DefaultValue("1h") Duration sweepEvery,
        @DefaultValue("2s") Duration settle,
        @DefaultValue("7d") Duration invitation) {

    PrivacyProperties {
        if (!retentionAction.equals("flag") && !retentionAction.equals("erase")) {
            throw new IllegalArgumentException("recruit.privacy.retention-action is flag or erase");
        }
        if (retentionDays < 0 || retentionGraceDays < 0) {
            throw new IllegalArgumentException("recruit.privacy.retention-days and -grace-days are 0 or more");
        }
    }
}
