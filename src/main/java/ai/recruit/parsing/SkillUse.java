package ai.recruit.parsing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out where else the skills of a resume are named, for how long they were used and when last. */
final class SkillUse {

    private final SkillLexicon lexicon;
    private final LocalDate asOf;
    private final Trail trail;

    SkillUse(SkillLexicon lexicon, LocalDate asOf, Trail trail) {
        this.lexicon = lexicon;
        this.asOf = asOf;
        this.trail = trail;
    }

    /** What is known of one skill beside its name. */
    private static final class Use {
        final Set<String> foundIn;
        final Set<ParsedResume.Experience> jobs = new LinkedHashSet<>();
        final List<int[]> mentions = new ArrayList<>();

        Use(List<String> foundIn) {
            this.foundIn = new LinkedHashSet<>(foundIn);
        }
    }

    /** @param lines the lines of each job */
    List<ParsedResume.Skill> of(
            List<ParsedResume.Skill> skills,
            List<ParsedResume.Experience> jobs,
            List<List<TextLine>> lines,
            Sections sections) {
        Map<String, Use> uses = new HashMap<>();
        for (ParsedResume.Skill skill : skills) {
            uses.put(skill.name(), new Use(skill.foundIn()));
        }
        for (int i = 0; i < jobs.size(); i++) {
            for (TextLine line : lines.get(i)) {
                named(line, Sections.Kind.EXPERIENCE, jobs.get(i), uses);
            }
        }
        for (Sections.Section section : sections.all()) {
            if (section.kind() == Sections.Kind.PROJECTS || section.kind() == Sections.Kind.SUMMARY) {
                for (TextLine line : section.lines()) {
                    named(line, section.kind(), null, uses);
                }
            }
        }
        List<ParsedResume.Skill> used = new ArrayList<>(skills.size());
        for (ParsedResume.Skill skill : skills) {
            used.add(used(skill, uses.getOrDefault(skill.name(), new Use(List.of())), "/skills/" + used.size()));
        }
        return List.copyOf(used);
    }

    private void named(
            TextLine line, Sections.Kind section, ParsedResume.@Nullable Experience job, Map<String, Use> uses) {
        for (SkillLexicon.Found found : lexicon.findIn(line.text())) {
            Use use = uses.get(found.skill().name());
            if (use != null) {
                use.foundIn.add(section.word());
                if (job != null && use.jobs.add(job)) {
                    use.mentions.add(new int[] {line.start() + found.start(), line.start() + found.end()});
                }
            }
        }
    }

    private ParsedResume.Skill used(ParsedResume.Skill skill, Use use, String path) {
        int months = ExperienceReader.total(List.copyOf(use.jobs), asOf);
        if (months == 0) {
            return new ParsedResume.Skill(
                    skill.name(), skill.category(), skill.printed(), List.copyOf(use.foundIn), null, null);
        }
        trail.follows(path + "/months", Rule.SKILL_USE, Evidence.Form.NUMBER, skill.printed(), use.mentions);
        return new ParsedResume.Skill(
                skill.name(), skill.category(), skill.printed(), List.copyOf(use.foundIn), months, last(use.jobs));
    }

    private @Nullable String last(Set<ParsedResume.Experience> jobs) {
        int latest = Integer.MIN_VALUE;
        String end = null;
        for (ParsedResume.Experience job : jobs) {
            int[] span = ExperienceReader.months(job, asOf);
            boolean present = "present".equals(job.endDate());
            if (span != null && (span[1] > latest || (span[1] == latest && present))) {
                latest = span[1];
                end = job.endDate();
            }
        }
        return end;
    }
}
