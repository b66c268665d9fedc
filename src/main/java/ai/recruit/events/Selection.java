package ai.recruit.events;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a reader wants, within what it may see.
 *
 * @param subject events of this subject or with this parent; null for all
 * @param types events of these types; empty for all
 */
public record Selection(@Nullable String subject, Set<String> types) {

    public static Selection everything() {
        return new Selection(null, Set.of());
    }

    public static Selection of(String subject) {
        return new Selection(subject, Set.of());
    }

    public static Selection ofTypes(Set<String> types) {
        return new Selection(null, Set.copyOf(types));
    }

    boolean matches(Event event) {
        return (types.isEmpty() || types.contains(event.type()))
                && (subject == null || subject.equals(event.subject()) || subject.equals(event.parent()));
    }
}
