package ai.recruit.matching;

import ai.recruit.parsing.SkillLexicon;
import java.util.HashMap;
import java.util.Map;

/** The lexicon's relations, by canonical names; what does not stand in the lexicon is related to nothing. */
final class LexiconRelations implements SkillRelations {

    private final SkillLexicon lexicon;
    private final Map<String, SkillLexicon.Entry> entries = new HashMap<>();

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
        SkillLexicon.Entry had = entries.get(has);
        return wanted == null || had == null
                ? Relation.NONE
                : Relation.valueOf(lexicon.relation(had, wanted).name());
    }

    @Override
    public boolean knows(String name) {
        return entries.containsKey(name);
    }
}
