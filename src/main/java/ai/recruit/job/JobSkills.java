package ai.recruit.job;

import ai.recruit.parsing.SkillLexicon;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which skills a job asks for. */
final class JobSkills {

    private static final SkillLexicon LEXICON = SkillLexicon.standard();

    private JobSkills() {}

    /** Those that the source names, then those that the text mentions, in canonical names; no two alike. */
    static List<String> of(List<String> named, String text) {
        Set<String> skills = new LinkedHashSet<>();
        named.forEach(skill -> skills.add(LEXICON.normalise(skill)));
        LEXICON.findIn(text).forEach(found -> skills.add(found.skill().name()));
        return List.copyOf(skills);
    }
}
