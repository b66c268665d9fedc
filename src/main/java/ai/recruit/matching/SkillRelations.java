package ai.recruit.matching;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How skills are related, so that a skill that is close to the one asked for earns a part of its points. */
interface SkillRelations {

    /** Every skill is related to itself alone. */
    SkillRelations NONE = (asked, has) -> asked.equals(has) ? Relation.SAME : Relation.NONE;

    /**
     * How the skill that a candidate has relates to the one that is asked for.
     *
     * @param asked a canonical name
     * @param has a canonical name
     */
    Relation between(String asked, String has);

    /** Whether a skill may be related to others at all. What is not is related to itself alone. */
    default boolean knows(String name) {
        return true;
    }

    /** A relation and what it earns. */
    enum Relation {
        SAME(10_000),
        /** It is a kind of what is asked for: Spring WebFlux where Spring is asked for. */
        CHILD(9_000),
        /** What is asked for is a kind of it. */
        PARENT(5_000),
        /** Both are kinds of the same, or close. */
        SIBLING(4_000),
        NONE(0);

        private final int credit;

        Relation(int credit) {
            this.credit = credit;
        }

        /** Basis points of what the skill itself would earn. */
        int credit() {
            return credit;
        }

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
