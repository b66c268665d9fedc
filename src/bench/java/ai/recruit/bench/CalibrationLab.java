package ai.recruit.bench;

import ai.recruit.parsing.Evidence;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the confidence of the parser's values with how often they are right.
 *
 * <p>The folder holds resumes and a file {@code truth.jsonl} with one object a line: {@code file}, {@code family},
 * {@code name}, {@code emails}, {@code phones}, {@code location}, {@code experience} of {@code company}, {@code title},
 * {@code start}, {@code end}, {@code education} of {@code institution}, {@code degree}, {@code field},
 * {@code graduation_year}, {@code skills}, {@code languages}, {@code certifications}, {@code skip} (keys that are not to
 * be judged) and {@code optional} (values that may be given or left out).
 *
 * <p>It prints how often each rule is right, ten bins of confidence, and the expected calibration error: the mean over
 * all values of the distance between the confidence of a bin and its share of right values. The second error is the
 * honest one: there, the confidence of a rule comes from the families of resumes other than the one that is judged.
 *
 * <pre>src/bench/run CalibrationLab FOLDER</pre>
 */
public final class CalibrationLab {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);
    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}+#]+");
    private static final Pattern BRACKETS = Pattern.compile("\\([^()]*\\)");
    private static final Set<String> LEGAL_FORMS =
            Set.of("inc", "llc", "ltd", "corp", "co", "gmbh", "plc", "llp", "ооо", "оао", "зао", "пао", "ао");
    private static final Set<String> SMALL = Set.of("of", "in", "the", "and", "a", "degree", "по", "в", "степень");
    private static final Map<String, String> DEGREES = Map.ofEntries(
            Map.entry("bs", "bachelor science"),
            Map.entry("bsc", "bachelor science"),
            Map.entry("ba", "bachelor arts"),
            Map.entry("bachelors", "bachelor"),
            Map.entry("beng", "bachelor engineering"),
            Map.entry("btech", "bachelor technology"),
            Map.entry("ms", "master science"),
            Map.entry("msc", "master science"),
            Map.entry("ma", "master arts"),
            Map.entry("mba", "master business administration"),
            Map.entry("masters", "master"),
            Map.entry("phd", "doctor philosophy"),
            Map.entry("doctorate", "doctor"));
    /** How many values of the usual share a rule is thought to have had before any was seen. */
    private static final double PRIOR = 6;

    /** One value of one resume. */
    private record Value(String family, String rule, String file, String path, int confidence, boolean right) {}

    private final List<Value> values = new ArrayList<>();

    private CalibrationLab() {}

    public static void main(String[] arguments) throws IOException {
        ((Logger) LoggerFactory.getLogger("org.apache")).setLevel(Level.OFF);
        Path folder = Path.of(arguments[0]);
        boolean wrongOnes = arguments.length > 1 && arguments[1].equals("--wrong");
        JsonMapper json = JsonMapper.builder().build();
        TextExtractor extractor = new TextExtractor();
        ResumeParser parser = new ResumeParser();
        CalibrationLab lab = new CalibrationLab();
        for (String line : Files.readAllLines(folder.resolve("truth.jsonl"), StandardCharsets.UTF_8)) {
            if (line.isBlank()) {
                continue;
            }
            JsonNode truth = json.readTree(line);
            byte[] bytes = Files.readAllBytes(folder.resolve(truth.path("file").asString()));
            try {
                lab.judge(truth, parser.parse(extractor.extract(bytes, ParsingLimits.defaults()), AS_OF));
            } catch (UnreadableDocument unreadable) {
                System.err.println(truth.path("file").asString() + ": " + unreadable.getMessage());
            }
        }
        if (wrongOnes) {
            lab.values.stream()
                    .filter(value -> !value.right())
                    .forEach(value -> System.out.println(value.file() + " " + value.path() + " " + value.rule()));
        }
        lab.rules();
        lab.bins();
    }

    // ---- what is right

    private void judge(JsonNode truth, ParsedResume resume) {
        Map<String, Evidence> evidence = new HashMap<>();
        resume.evidence().forEach(value -> evidence.putIfAbsent(value.path(), value));
        Set<String> skip = new HashSet<>(strings(truth.path("skip")));
        Judge judge = new Judge(truth, evidence);
        ParsedResume.PersonalInfo person = resume.personalInfo();
        if (!skip.contains("name") && person.name() != null) {
            String name = person.name();
            judge.value("/personal_info/name", nameWords(text(truth, "name")).equals(nameWords(name)));
        }
        if (!skip.contains("emails") && person.email() != null) {
            String email = person.email();
            judge.value(
                    "/personal_info/emails/0",
                    strings(truth.path("emails")).stream().anyMatch(email::equalsIgnoreCase));
        }
        if (!skip.contains("phones") && person.phone() != null) {
            String digits = lastDigits(person.phone());
            judge.value(
                    "/personal_info/phones/0/" + (person.phones().get(0).e164() != null ? "e164" : "printed"),
                    strings(truth.path("phones")).stream()
                            .anyMatch(phone -> lastDigits(phone).equals(digits)));
        }
        if (!skip.contains("location") && person.location() != null) {
            judge.value(
                    "/personal_info/location",
                    overlap(words(text(truth, "location")), words(person.location())) >= 0.5);
        }
        if (!skip.contains("experience")) {
            jobs(truth, resume, judge);
        }
        if (!skip.contains("education")) {
            schools(truth, resume, judge);
        }
        if (!skip.contains("skills")) {
            for (int i = 0; i < resume.skills().size(); i++) {
                ParsedResume.Skill skill = resume.skills().get(i);
                List<String> keys = List.of(compact(skill.name()), compact(skill.printed()));
                judge.item("skills", "/skills/" + i + "/name", true_ -> keys.contains(compact(true_)));
            }
        }
        if (!skip.contains("languages")) {
            for (int i = 0; i < resume.languages().size(); i++) {
                String path = "/languages/" + i + "/name";
                Evidence known = evidence.get(path);
                String printed = known == null || known.printed() == null ? "" : known.printed();
                String name = resume.languages().get(i).name();
                judge.item(
                        "languages",
                        path,
                        true_ -> words(true_).contains(printed.toLowerCase(Locale.ROOT))
                                || words(true_).containsAll(words(name)));
            }
        }
        if (!skip.contains("certifications")) {
            for (int i = 0; i < resume.certifications().size(); i++) {
                Set<String> given = words(resume.certifications().get(i));
                judge.item("certifications", "/certifications/" + i, true_ -> overlap(words(true_), given) >= 0.6);
            }
        }
    }

    private void jobs(JsonNode truth, ParsedResume resume, Judge judge) {
        List<JsonNode> wanted = entries(truth, "experience");
        int asked = truth.path("experience").size();
        Map<Integer, Integer> pairs = pair(
                wanted.size(),
                resume.experience().size(),
                (i, j) -> (likeness(
                                        text(wanted.get(i), "company"),
                                        resume.experience().get(j).company())
                                + likeness(
                                        text(wanted.get(i), "title"),
                                        resume.experience().get(j).position()))
                        / 2);
        for (int j = 0; j < resume.experience().size(); j++) {
            ParsedResume.Experience job = resume.experience().get(j);
            Integer i = pairs.get(j);
            if (i != null && i >= asked) {
                continue;
            }
            String path = "/experience/" + j + "/";
            JsonNode entry = i == null ? truth.path("nothing") : wanted.get(i);
            judge.given(path + "company", job.company(), given -> likeness(text(entry, "company"), given) >= 0.75);
            judge.given(path + "position", job.position(), given -> likeness(text(entry, "title"), given) >= 0.75);
            judge.given(path + "start_date", job.startDate(), given -> sameDate(text(entry, "start"), given));
            judge.given(path + "end_date", job.endDate(), given -> sameDate(text(entry, "end"), given));
        }
    }

    private void schools(JsonNode truth, ParsedResume resume, Judge judge) {
        List<JsonNode> wanted = entries(truth, "education");
        int asked = truth.path("education").size();
        Map<Integer, Integer> pairs = pair(
                wanted.size(),
                resume.education().size(),
                (i, j) -> (likeness(
                                        text(wanted.get(i), "institution"),
                                        resume.education().get(j).institution())
                                + degree(
                                        text(wanted.get(i), "degree"),
                                        resume.education().get(j)))
                        / 2);
        for (int j = 0; j < resume.education().size(); j++) {
            ParsedResume.Education school = resume.education().get(j);
            Integer i = pairs.get(j);
            if (i != null && i >= asked) {
                continue;
            }
            String path = "/education/" + j + "/";
            JsonNode entry = i == null ? truth.path("nothing") : wanted.get(i);
            judge.given(
                    path + "institution",
                    school.institution(),
                    given -> likeness(text(entry, "institution"), given) >= 0.75);
            judge.given(path + "degree", school.degree(), given -> degree(text(entry, "degree"), school) >= 0.5);
            judge.given(
                    path + "graduation_year",
                    school.graduationYear() == null
                            ? null
                            : school.graduationYear().toString(),
                    given -> given.equals(text(entry, "graduation_year")));
        }
    }

    private final class Judge {

        private final JsonNode truth;
        private final Map<String, Evidence> evidence;

        Judge(JsonNode truth, Map<String, Evidence> evidence) {
            this.truth = truth;
            this.evidence = evidence;
        }

        void value(String path, boolean right) {
            Evidence known = evidence.get(path);
            if (known == null) {
                throw new IllegalStateException("A value without evidence: " + path);
            }
            values.add(new Value(
                    text(truth, "family"), known.rule(), text(truth, "file"), path, known.confidence(), right));
        }

        void given(String path, String given, Predicate<String> right) {
            if (given != null) {
                value(path, right.test(given));
            }
        }

        void item(String key, String path, Predicate<String> same) {
            if (strings(truth.path(key)).stream().anyMatch(same)) {
                value(path, true);
            } else if (strings(truth.path("optional").path(key)).stream().noneMatch(same)) {
                value(path, false);
            }
        }
    }

    private static List<JsonNode> entries(JsonNode truth, String key) {
        List<JsonNode> entries = new ArrayList<>();
        truth.path(key).forEach(entries::add);
        truth.path("optional").path(key).forEach(entries::add);
        return entries;
    }

    private interface Likeness {
        double of(int truth, int given);
    }

    /** Pairs what was given with the truth, the most alike first; given to truth. */
    private static Map<Integer, Integer> pair(int truths, int given, Likeness likeness) {
        record Pair(double likeness, int truth, int given) {}
        List<Pair> all = new ArrayList<>();
        for (int i = 0; i < truths; i++) {
            for (int j = 0; j < given; j++) {
                all.add(new Pair(likeness.of(i, j), i, j));
            }
        }
        all.sort(Comparator.comparingDouble(Pair::likeness).reversed());
        Map<Integer, Integer> pairs = new HashMap<>();
        for (Pair pair : all) {
            if (pair.likeness() >= 0.4 && !pairs.containsKey(pair.given()) && !pairs.containsValue(pair.truth())) {
                pairs.put(pair.given(), pair.truth());
            }
        }
        return pairs;
    }

    // ---- when two are the same

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(item -> strings.add(item.asString()));
        return strings;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(Arrays.asList(PUNCTUATION.split(plain(text))));
        words.remove("");
        return words;
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('ё', 'е')
                .replace(" & ", " and ")
                .replace(".", "");
    }

    private static Set<String> nameWords(String name) {
        return words(name.contains(",") ? name.substring(0, name.indexOf(',')) : name);
    }

    private static String lastDigits(String phone) {
        String digits = phone.replaceAll("\\D", "");
        return digits.substring(Math.max(0, digits.length() - 10));
    }

    private static String compact(String text) {
        return PUNCTUATION.matcher(BRACKETS.matcher(plain(text)).replaceAll("")).replaceAll("");
    }

    private static double overlap(Set<String> left, Set<String> right) {
        Set<String> both = new HashSet<>(left);
        both.retainAll(right);
        return left.isEmpty() || right.isEmpty() ? 0 : 2.0 * both.size() / (left.size() + right.size());
    }

    /** The share of letters that two names have in common in the same order, legal forms left out. */
    private static double likeness(String truth, String given) {
        if (given == null) {
            return 0;
        }
        String left = withoutLegalForm(truth);
        String right = withoutLegalForm(given);
        if (left.isEmpty() || right.isEmpty()) {
            return 0;
        }
        int[] above = new int[right.length() + 1];
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            for (int j = 1; j <= right.length(); j++) {
                row[j] = left.charAt(i - 1) == right.charAt(j - 1) ? above[j - 1] + 1 : Math.max(above[j], row[j - 1]);
            }
            above = row;
        }
        return 2.0 * above[right.length()] / (left.length() + right.length());
    }

    private static String withoutLegalForm(String name) {
        StringBuilder kept = new StringBuilder();
        for (String word : PUNCTUATION.split(plain(name))) {
            if (!LEGAL_FORMS.contains(word)) {
                kept.append(kept.length() > 0 ? " " : "").append(word);
            }
        }
        return kept.toString().strip();
    }

    private static double degree(String truth, ParsedResume.Education given) {
        if (given.degree() == null) {
            return 0;
        }
        Set<String> left = degreeWords(truth);
        Set<String> right = degreeWords(given.degree());
        Set<String> bare = new HashSet<>(right);
        bare.removeAll(given.field() == null ? Set.of() : degreeWords(given.field()));
        return Math.max(overlap(left, right), overlap(left, bare));
    }

    private static Set<String> degreeWords(String degree) {
        Set<String> all = new HashSet<>();
        for (String word : words(degree.replaceAll("['\u2019]", ""))) {
            all.addAll(Arrays.asList(DEGREES.getOrDefault(word, word).split(" ")));
        }
        all.removeAll(SMALL);
        return all;
    }

    private static boolean sameDate(String truth, String given) {
        return !truth.isEmpty() && (truth.equals("present") ? given.equals("present") : given.startsWith(truth));
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
                of.get(0).confidence() / 10_000.0));
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
        values.forEach(value -> stated.put(value, value.confidence() / 10_000.0));
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
