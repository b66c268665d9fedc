package ai.recruit.interview;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question of the bank.
 *
 * @param id unique and never given to another question: answers, scorecards and seeds refer to it
 * @param minutes how long question and answer take
 * @param about the kind of evidence that it asks about
 * @param text with placeholders such as <code>{skill}</code>
 */
record QuestionTemplate(String id, FocusArea area, Difficulty difficulty, int minutes, EvidenceKind about, Words text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    static Set<String> placeholders(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The question about this evidence. Values are put in once: what looks like a placeholder in them stays as it is. */
    String ask(Tongue tongue, Evidence evidence, Words position) {
        return PLACEHOLDER
                .matcher(text.in(tongue))
                .replaceAll(found -> Matcher.quoteReplacement(
                        value(evidence.values(), found.group(1), position).in(tongue)));
    }

    private static Words value(Map<String, Words> values, String name, Words position) {
        return name.equals(EvidenceKind.POSITION) ? position : values.getOrDefault(name, Words.same(name));
    }
}
