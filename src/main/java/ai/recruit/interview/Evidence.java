package ai.recruit.interview;

import java.util.Map;
import java.util.TreeMap;

/**
 * One reason to ask.
 *
 * @param key names it among the others; the same for the same facts
 * @param extra added to the weight of its kind, for example for a skill that the position asks for
 * @param values what templates name, by placeholder
 * @param reason one sentence for whoever reads the questions
 */
record Evidence(EvidenceKind kind, String key, int extra, Map<String, Words> values, Words reason) {

    static final Evidence GENERAL = of(
            EvidenceKind.GENERAL,
            0,
            Map.of(),
            new Words("Asked of everybody for this position", "Задаётся всем кандидатам на эту позицию"));

    static Evidence of(EvidenceKind kind, int extra, Map<String, Words> values, Words reason) {
        Map<String, Words> sorted = new TreeMap<>(values);
        StringBuilder key = new StringBuilder(kind.word());
        sorted.forEach(
                (name, value) -> key.append('\n').append(name).append('=').append(value.en()));
        return new Evidence(kind, key.toString(), extra, Map.copyOf(values), reason);
    }

    int weight() {
        return kind.weight() + extra;
    }
}
