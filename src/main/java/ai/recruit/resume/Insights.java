package ai.recruit.resume;

import ai.recruit.parsing.ParsedResume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A summary and a few facts in words, composed of what was read and of nothing else. The same resume gives the same
 * words.
 */
final class Insights {

    private static final int MONTHS_A_YEAR = 12;
    private static final int SKILLS_NAMED = 5;

    private Insights() {}

    /** The resume's own summary, else one made of its facts; null when it states none. */
    static @Nullable String summary(ParsedResume resume) {
        if (resume.summary() != null && !resume.summary().isBlank()) {
            return resume.summary();
        }
        List<String> facts = facts(resume);
        return facts.isEmpty() ? null : String.join(". ", facts) + ".";
    }

    static List<String> of(ParsedResume resume) {
        List<String> insights = new ArrayList<>(facts(resume));
        if (!resume.languages().isEmpty()) {
            insights.add("Languages: "
                    + String.join(
                            ", ",
                            resume.languages().stream()
                                    .map(ParsedResume.SpokenLanguage::name)
                                    .toList()));
        }
        if (!resume.certifications().isEmpty()) {
            insights.add("Certifications: " + resume.certifications().size());
        }
        if (resume.personalInfo().email() == null && resume.personalInfo().phone() == null) {
            insights.add("The resume gives neither an e-mail address nor a telephone number");
        }
        return insights;
    }

    private static List<String> facts(ParsedResume resume) {
        List<String> facts = new ArrayList<>();
        String title = Profiles.title(resume);
        if (title != null) {
            facts.add(title);
        }
        int months = resume.totalExperienceMonths();
        if (months > 0) {
            facts.add(months < MONTHS_A_YEAR ? "Less than a year of experience" : years(months) + " of experience");
        }
        String degree = Profiles.highest(resume.education()).degree();
        if (degree != null) {
            facts.add("Education: " + degree);
        }
        List<String> skills = resume.skillNames();
        if (!skills.isEmpty()) {
            facts.add("Skills: " + String.join(", ", skills.subList(0, Math.min(SKILLS_NAMED, skills.size())))
                    + (skills.size() > SKILLS_NAMED ? " and " + (skills.size() - SKILLS_NAMED) + " more" : ""));
        }
        return facts;
    }

    private static String years(int months) {
        int years = months / MONTHS_A_YEAR;
        return String.format(Locale.ROOT, years == 1 ? "%d year" : "%d years", years);
    }
}
