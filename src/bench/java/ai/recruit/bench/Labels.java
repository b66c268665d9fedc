package ai.recruit.bench;

import ai.recruit.parsing.Evidence;
import ai.recruit.parsing.ParsedResume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person has read in one resume, to compare the parser with.
 *
 * <p>A folder of resumes has its labels in a file {@code truth.jsonl}, one object a line: {@code file}, {@code family},
 * {@code lang}, {@code name}, {@code emails}, {@code phones}, {@code location}, {@code experience} of {@code company},
 * {@code title}, {@code start}, {@code end}, {@code education} of {@code institution}, {@code degree}, {@code field},
 * {@code graduation_year}, {@code skills}, {@code languages}, {@code certifications}, {@code skip} (keys that are not to
 * be judged) and {@code optional} (values that may be given or left out).
 */
final class Labels {

    static final String FILE = "truth.jsonl";

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

    private final JsonNode truth;

    private Labels(JsonNode truth) {
        this.truth = truth;
    }

    static List<Labels> of(Path folder) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        return Files.readAllLines(folder.resolve(FILE), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank())
                .map(line -> new Labels(json.readTree(line)))
                .toList();
    }

    String file() {
        return text(truth, "file");
    }

    String family() {
        return text(truth, "family");
    }

    String language() {
        return text(truth, "lang");
    }

    /**
     * One value that the parser gave, and whether it is right.
     *
     * @param confidence basis points
     */
    record Value(String field, String path, String rule, int confidence, boolean right) {}

    /**
     * @param values what was given and can be judged
     * @param missed labels that no value confirms, by field
     * @param judged fields that the labels judge in this resume
     */
    record Judgement(List<Value> values, Map<String, Integer> missed, Set<String> judged) {}

    Judgement judge(ParsedResume resume) {
        Judge judge = new Judge(resume);
        ParsedResume.PersonalInfo person = resume.personalInfo();
        judge.one("name", "name", "/personal_info/name", List.of(text(truth, "name")), person.name(), Labels::sameName);
        judge.one(
                "email",
                "emails",
                "/personal_info/emails/0",
                strings(truth.path("emails")),
                person.email(),
                String::equalsIgnoreCase);
        boolean diallable = !person.phones().isEmpty() && person.phones().get(0).e164() != null;
        judge.one(
                "phone",
                "phones",
                "/personal_info/phones/0/" + (diallable ? "e164" : "printed"),
                strings(truth.path("phones")),
                person.phone(),
                (wanted, given) -> lastDigits(wanted).equals(lastDigits(given)));
        judge.one(
                "location",
                "location",
                "/personal_info/location",
                List.of(text(truth, "location")),
                person.location(),
                (wanted, given) -> overlap(words(wanted), words(given)) >= 0.5);
        if (judge.asks("experience")) {
            jobs(resume, judge);
        }
        if (judge.asks("education")) {
            schools(resume, judge);
        }
        judge.list(
                "skills",
                "/skills/%d/name",
                resume.skills(),
                (wanted, skill) ->
                        List.of(compact(skill.name()), compact(skill.printed())).contains(compact(wanted)));
        judge.list(
                "languages",
                "/languages/%d/name",
                resume.languages(),
                (wanted, spoken) -> words(wanted).containsAll(words(spoken.name()))
                        || words(wanted)
                                .contains(judge.printed("/languages/"
                                                + resume.languages().indexOf(spoken) + "/name")
                                        .toLowerCase(Locale.ROOT)));
        judge.list(
                "certifications",
                "/certifications/%d",
                resume.certifications(),
                (wanted, given) -> overlap(words(wanted), words(given)) >= 0.6);
        return judge.done();
    }

    private void jobs(ParsedResume resume, Judge judge) {
        List<JsonNode> wanted = entries("experience");
        List<ParsedResume.Experience> jobs = resume.experience();
        Map<Integer, Integer> pairs = pair(
                wanted.size(),
                jobs.size(),
                (i, j) -> (likeness(text(wanted.get(i), "company"), jobs.get(j).company())
                                + likeness(
                                        text(wanted.get(i), "title"),
                                        jobs.get(j).position()))
                        / 2);
        int asked = truth.path("experience").size();
        for (int i = 0; i < asked; i++) {
            if (!pairs.containsValue(i)) {
                judge.missing(
                        wanted.get(i), Map.of("company", "company", "title", "title", "start", "start", "end", "end"));
            }
        }
        for (int j = 0; j < jobs.size(); j++) {
            int i = pairs.getOrDefault(j, -1);
            if (i < asked) {
                JsonNode entry = i < 0 ? truth.path("nothing") : wanted.get(i);
                ParsedResume.Experience job = jobs.get(j);
                String path = "/experience/" + j + "/";
                judge.part("company", path + "company", text(entry, "company"), job.company(), Labels::alike);
                judge.part("title", path + "position", text(entry, "title"), job.position(), Labels::alike);
                judge.part("start", path + "start_date", text(entry, "start"), job.startDate(), Labels::sameDate);
                judge.part("end", path + "end_date", text(entry, "end"), job.endDate(), Labels::sameDate);
            }
        }
    }

    private void schools(ParsedResume resume, Judge judge) {
        List<JsonNode> wanted = entries("education");
        List<ParsedResume.Education> schools = resume.education();
        Map<Integer, Integer> pairs = pair(
                wanted.size(),
                schools.size(),
                (i, j) -> (likeness(
                                        text(wanted.get(i), "institution"),
                                        schools.get(j).institution())
                                + degree(text(wanted.get(i), "degree"), schools.get(j)))
                        / 2);
        int asked = truth.path("education").size();
        for (int i = 0; i < asked; i++) {
            if (!pairs.containsValue(i)) {
                judge.missing(
                        wanted.get(i),
                        Map.of("institution", "institution", "degree", "degree", "graduation year", "graduation_year"));
            }
        }
        for (int j = 0; j < schools.size(); j++) {
            int i = pairs.getOrDefault(j, -1);
            if (i < asked) {
                JsonNode entry = i < 0 ? truth.path("nothing") : wanted.get(i);
                ParsedResume.Education school = schools.get(j);
                String path = "/education/" + j + "/";
                judge.part(
                        "institution",
                        path + "institution",
                        text(entry, "institution"),
                        school.institution(),
                        Labels::alike);
                judge.part(
                        "degree",
                        path + "degree",
                        text(entry, "degree"),
                        school.degree(),
                        (degree, given) -> degree(degree, school) >= 0.5);
                judge.part(
                        "graduation year",
                        path + "graduation_year",
                        text(entry, "graduation_year"),
                        school.graduationYear() == null
                                ? null
                                : school.graduationYear().toString(),
                        String::equals);
            }
        }
    }

    /** Gathers the values of one resume. */
    private final class Judge {

        private final Map<String, Evidence> evidence = new HashMap<>();
        private final Set<String> skip = new HashSet<>(strings(truth.path("skip")));
        private final List<Value> values = new ArrayList<>();
        private final Map<String, Integer> missed = new HashMap<>();
        private final Set<String> judged = new HashSet<>();

        Judge(ParsedResume resume) {
            resume.evidence().forEach(value -> evidence.putIfAbsent(value.path(), value));
        }

        Judgement done() {
            return new Judgement(values, missed, judged);
        }

        boolean asks(String key) {
            return !skip.contains(key);
        }

        String printed(String path) {
            Evidence known = evidence.get(path);
            return known == null || known.printed() == null ? "" : known.printed();
        }

        private void add(String field, String path, boolean right) {
            Evidence known = evidence.get(path);
            if (known == null) {
                throw new IllegalStateException("A value without evidence: " + path);
            }
            values.add(new Value(field, path, known.rule(), known.confidence(), right));
        }

        /** A field of one value, of which the labels may accept several. */
        void one(
                String field,
                String key,
                String path,
                List<String> wanted,
                String given,
                BiPredicate<String, String> same) {
            if (!asks(key)) {
                return;
            }
            List<String> labels =
                    wanted.stream().filter(label -> !label.isEmpty()).toList();
            part(
                    field,
                    path,
                    labels.isEmpty() ? "" : labels.get(0),
                    given,
                    (any, value) -> labels.stream().anyMatch(label -> same.test(label, value)));
        }

        /** A field of an entry; the label is empty where the resume shows none. */
        void part(String field, String path, String wanted, String given, BiPredicate<String, String> same) {
            judged.add(field);
            boolean right = given != null && !wanted.isEmpty() && same.test(wanted, given);
            if (given != null) {
                add(field, path, right);
            }
            if (!wanted.isEmpty() && !right) {
                missed.merge(field, 1, Integer::sum);
            }
        }

        /** An entry that was not given at all. */
        void missing(JsonNode entry, Map<String, String> keys) {
            keys.forEach((field, key) -> {
                if (!text(entry, key).isEmpty()) {
                    judged.add(field);
                    missed.merge(field, 1, Integer::sum);
                }
            });
        }

        <T> void list(String field, String path, List<T> given, BiPredicate<String, T> same) {
            if (!asks(field)) {
                return;
            }
            judged.add(field);
            List<String> wanted = new ArrayList<>(strings(truth.path(field)));
            List<String> optional = strings(truth.path("optional").path(field));
            for (int i = 0; i < given.size(); i++) {
                T value = given.get(i);
                int label = IntStream.range(0, wanted.size())
                        .filter(n -> same.test(wanted.get(n), value))
                        .findFirst()
                        .orElse(-1);
                if (label >= 0) {
                    wanted.remove(label);
                    add(field, path.formatted(i), true);
                } else if (optional.stream().noneMatch(one -> same.test(one, value))) {
                    add(field, path.formatted(i), false);
                }
            }
            missed.merge(field, wanted.size(), Integer::sum);
        }
    }

    private List<JsonNode> entries(String key) {
        List<JsonNode> entries = new ArrayList<>();
        truth.path(key).forEach(entries::add);
        truth.path("optional").path(key).forEach(entries::add);
        return entries;
    }

    private interface Likeness {
        double of(int truth, int given);
    }

    /** Pairs what was given with the labels, the most alike first; given to label. */
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

    private static boolean sameName(String wanted, String given) {
        return nameWords(wanted).equals(nameWords(given));
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

    private static boolean alike(String wanted, String given) {
        return likeness(wanted, given) >= 0.75;
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
        return truth.equals("present") ? given.equals("present") : given.startsWith(truth);
    }
}
