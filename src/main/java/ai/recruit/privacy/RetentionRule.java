package ai.recruit.privacy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long candidates are kept.
 *
 * @param days after how many days without activity they are due; null: they are kept
 * @param graceDays how many days later they are erased
 * @param action {@code flag}: they are only listed as due; {@code erase}
 * @param source {@code own}, {@code default} (the settings of the service) or {@code none}
 */
record RetentionRule(
        @Nullable Integer days,
        @Nullable Integer graceDays,
        @Nullable String action,
        String source,
        @Nullable Instant updatedAt) {

    static final RetentionRule NONE = new RetentionRule(null, null, null, "none", null);

    static RetentionRule of(PrivacyProperties properties) {
        return properties.retentionDays() == 0
                ? NONE
                : new RetentionRule(
                        properties.retentionDays(),
                        properties.retentionGraceDays(),
                        properties.retentionAction(),
                        "default",
                        null);
    }

    boolean keeps() {
        return days == null;
    }

    boolean erases() {
        return "erase".equals(action);
    }
}
