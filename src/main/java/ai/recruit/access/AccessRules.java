package ai.recruit.access;

import java.util.List;

/** The rules of one feature's endpoints; each feature declares one bean. */
public record AccessRules(List<AccessRule> rules) {

    public static AccessRules of(AccessRule... rules) {
        return new AccessRules(List.of(rules));
    }
}
