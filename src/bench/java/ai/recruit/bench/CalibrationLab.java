package ai.recruit.bench;

import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * Compares the confidence of the parser's values with how often they are right.
 *
 * <p>The folder holds resumes and their {@link Labels}.
 *
 * <p>It prints how often each rule is right, ten bins of confidence, and the expected calibration error: the mean over
 * all values of the distance between the confidence of a bin and its share of right values. The second error is the
 * honest one: there, the confidence of a rule comes from the families of resumes other than the one that is judged.
 *
 * <pre>src/bench/run CalibrationLab FOLDER</pre>
 */
public final class CalibrationLab {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);
    /** How many values of the usual share a rule is thought to have had before any was seen. */
    private static final double PRIOR = 6;

    /** One value of one resume. */
    private record Value(String family, String file, Labels.Value value) {

        String rule() {
            return value.rule();
        }

        boolean right() {
            return value.right();
        }

        double confidence() {
            return value.confidence() / 10_000.0;
        }
    }

    private final List<Value> values = new ArrayList<>();

    private CalibrationLab() {}

    public static void main(String[] arguments) throws IOException {
        ((Logger) LoggerFactory.getLogger("org.apache")).setLevel(Level.OFF);
        Path folder = Path.of(arguments[0]);
        boolean wrongOnes = arguments.length > 1 && arguments[1].equals("--wrong");
        TextExtractor extractor = new TextExtractor();
        ResumeParser parser = new ResumeParser();
        CalibrationLab lab = new CalibrationLab();
        for (Labels labels : Labels.of(folder)) {
            byte[] bytes = Files.readAllBytes(folder.resolve(labels.file()));
            try {
                ParsedResume resume = parser.parse(extractor.extract(bytes, ParsingLimits.defaults()), AS_OF);
                labels.judge(resume)
                        .values()
                        .forEach(value -> lab.values.add(new Value(labels.family(), labels.file(), value)));
            } catch (UnreadableDocument unreadable) {
                System.err.println(labels.file() + ": " + unreadable.getMessage());
            }
        }
        if (wrongOnes) {
            lab.values.stream()
                    .filter(value -> !value.right())
                    .forEach(value -> System.out.println(
                            value.file() + " " + value.value().path() + " " + value.rule()));
        }
        lab.rules();
        lab.bins();
    }

    // ---- tables

    private static double share(List<Value> values) {
        return values.isEmpty()
                ? 0
                : (double) values.stream().filter(Value::right).count() / values.size();
    }

    private void rules() {
        Map<String, List<Value>> byRule = new TreeMap<>();
        values.forEach(value ->
                byRule.computeIfAbsent(value.rule(), any -> new ArrayList<>()).add(value));
        System.out.println("rule                          values  right   share  fitting  stated");
        byRule.forEach((rule, of) -> System.out.printf(
                Locale.ROOT,
                "%-30s%6d%7d%8.3f%9.3f%8.2f%n",
                rule,
                of.size(),
                of.stream().filter(Value::right).count(),
                share(of),
                fitting(of),
                of.get(0).confidence()));
    }

    /** The share of right values, drawn towards that of all values where there are few. */
    private double fitting(List<Value> of) {
        return fitting(of, values);
    }

    private static double fitting(List<Value> of, List<Value> all) {
        long right = of.stream().filter(Value::right).count();
        return (right + PRIOR * share(all)) / (of.size() + PRIOR);
    }

    private void bins() {
        System.out.println();
        System.out.println("confidence     values    mean   right");
        Map<Value, Double> stated = new LinkedHashMap<>();
        values.forEach(value -> stated.put(value, value.confidence()));
        double error = error(stated, true);
        Map<Value, Double> unseen = new LinkedHashMap<>();
        for (Value value : values) {
            List<Value> others = values.stream()
                    .filter(v -> !v.family().equals(value.family()))
                    .toList();
            List<Value> sameRule =
                    others.stream().filter(v -> v.rule().equals(value.rule())).toList();
            unseen.put(value, fitting(sameRule, others));
        }
        System.out.printf(
                Locale.ROOT,
                "%n%d values, %.3f right%nexpected calibration error %.4f%nof families that the figures have not seen %.4f%n",
                values.size(),
                share(values),
                error,
                error(unseen, false));
    }

    private static double error(Map<Value, Double> confidences, boolean print) {
        double error = 0;
        for (int bin = 0; bin < 10; bin++) {
            int of = bin;
            List<Value> inside = confidences.keySet().stream()
                    .filter(value -> Math.min(9, (int) (confidences.get(value) * 10)) == of)
                    .toList();
            double mean =
                    inside.stream().mapToDouble(confidences::get).average().orElse(0);
            double right = share(inside);
            error += Math.abs(mean - right) * inside.size() / confidences.size();
            if (print) {
                String figures = inside.isEmpty() ? "" : String.format(Locale.ROOT, "%10.3f%8.3f", mean, right);
                System.out.printf(
                        Locale.ROOT, "%.1f to %.1f%9d%s%n", bin / 10.0, (bin + 1) / 10.0, inside.size(), figures);
            }
        }
        return error;
    }
}
