package ai.recruit.matching;

import ai.recruit.parsing.SkillLexicon;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lexicon's relations, by canonical names. What a skill is related to is looked up once: jobs ask for the same skills
 * again and again, and what does not stand in the lexicon is related to nothing and is not kept.
 */
final class LexiconRelations implements SkillRelations {

    private final SkillLexicon lexicon;
    private final Map<String, SkillLexicon.Entry> entries = new HashMap<>();
    private final Map<String, Map<String, Relation>> related = new ConcurrentHashMap<>();

    LexiconRelations(SkillLexicon lexicon) {
        this.lexicon = lexicon;
        lexicon.entries().forEach(entry -> entries.put(entry.name(), entry));
    }

    @Override
    public Relation between(String asked, String has) {
        if (asked.equals(has)) {
            return Relation.SAME;
        }
        SkillLexicon.Entry wanted = entries.get(asked);
        return wanted == null
                ? Relation.NONE
                : related.computeIfAbsent(asked, unused -> of(wanted)).getOrDefault(has, Relation.NONE);
    }

    private Map<String, Relation> of(SkillLexicon.Entry wanted) {
        Map<String, Relation> found = new HashMap<>();
        for (SkillLexicon.Entry has : entries.values()) {
            Relation relation = Relation.valueOf(lexicon.relation(has, wanted).name());
            if (relation != Relation.NONE) {
                found.put(has.name(), relation);
            }
        }
        return Map.copyOf(found);
    }
}
