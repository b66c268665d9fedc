package ai.recruit.job;

import ai.recruit.parsing.SkillLexicon;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which skills a job asks for. */
@Component
class JobSkills {

    private final SkillLexicon lexicon;

    JobSkills(SkillLexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** Those that the source names, then those that the text mentions, in canonical names; no two alike. */
    List<String> of(List<String> named, String text) {
        Set<String> skills = new LinkedHashSet<>();
        named.forEach(skill -> skills.add(lexicon.normalise(skill)));
        lexicon.findIn(text).forEach(found -> skills.add(found.skill().name()));
        return List.copyOf(skills);
    }
}
