package ai.recruit.bench;

import ai.recruit.parsing.DocumentText;
import ai.recruit.parsing.Flag;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.TextLine;
import ai.recruit.parsing.UnreadableDocument;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the parser over a folder of documents and prints one prediction a line, as JSON; with {@code --text} the
 * extracted lines instead. What could not be read, the flags and the time taken go to the error output, and where the
 * folder has {@link Labels}, how far the predictions agree with them, by field, family and language.
 *
 * <pre>src/bench/run ParserLab FOLDER &gt; predictions.jsonl</pre>
 */
public final class ParserLab {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);

    private ParserLab() {}

    public static void main(String[] arguments) throws IOException {
        // What fonts lack is of no interest here, and would stand among the predictions.
        ((Logger) LoggerFactory.getLogger("org.apache")).setLevel(Level.ERROR);
        boolean textOnly = arguments.length > 1 && arguments[1].equals("--text");
        Path folder = Path.of(arguments[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream log = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        JsonMapper json = JsonMapper.builder().build();
        TextExtractor extractor = new TextExtractor();
        ResumeParser parser = new ResumeParser();
        int refused = 0;
        int flagged = 0;
        List<Long> millis = new ArrayList<>();
        Map<String, Labels> labels = new HashMap<>();
        if (Files.exists(folder.resolve(Labels.FILE))) {
            Labels.of(folder).forEach(each -> labels.put(each.file(), each));
        }
        Agreement agreement = new Agreement();
        for (Path file : files(folder)) {
            String name = folder.equals(file)
                    ? String.valueOf(file.getFileName())
                    : folder.relativize(file).toString();
            byte[] bytes = Files.readAllBytes(file);
            long start = System.nanoTime();
            try {
                DocumentText text = extractor.extract(bytes, ParsingLimits.defaults());
                if (textOnly) {
                    print(out, name, text);
                    continue;
                }
                ParsedResume resume = parser.parse(text, AS_OF);
                millis.add((System.nanoTime() - start) / 1_000_000);
                out.println(json.writeValueAsString(prediction(name, resume)));
                if (labels.containsKey(name)) {
                    agreement.add(labels.get(name), labels.get(name).judge(resume));
                }
                flagged += resume.flags().isEmpty() ? 0 : 1;
                for (Flag flag : resume.flags()) {
                    log.println(name + ": " + flag);
                }
            } catch (UnreadableDocument unreadable) {
                refused++;
                log.println(name + ": " + unreadable.getMessage());
            }
        }
        if (!labels.isEmpty() && !textOnly) {
            agreement.print(log);
        }
        millis.sort(null);
        if (!millis.isEmpty()) {
            log.printf(
                    Locale.ROOT,
                    "%d read, %d refused, %d flagged, median %d ms, slowest %d ms%n",
                    millis.size(),
                    refused,
                    flagged,
                    millis.get(millis.size() / 2),
                    millis.get(millis.size() - 1));
        }
    }

    /** Right, wrong and missed values, by group and field. */
    private static final class Agreement {

        private final Map<String, Map<String, int[]>> groups = new TreeMap<>();

        void add(Labels labels, Labels.Judgement judgement) {
            for (String group : List.of("all", "family " + labels.family(), "language " + labels.language())) {
                Map<String, int[]> fields = groups.computeIfAbsent(group, any -> new TreeMap<>());
                judgement.judged().forEach(field -> fields.computeIfAbsent(field, any -> new int[3]));
                for (Labels.Value value : judgement.values()) {
                    fields.computeIfAbsent(value.field(), any -> new int[3])[value.right() ? 0 : 1]++;
                }
                judgement
                        .missed()
                        .forEach((field, missed) -> fields.computeIfAbsent(field, any -> new int[3])[2] += missed);
            }
        }

        void print(PrintStream log) {
            Map<String, int[]> all = groups.getOrDefault("all", Map.of());
            log.println("\nfield               right  wrong missed     F1  F1 over families");
            double sum = 0;
            for (Map.Entry<String, int[]> field : all.entrySet()) {
                int[] counts = field.getValue();
                double families = mean(groups.entrySet().stream()
                        .filter(group -> group.getKey().startsWith("family "))
                        .map(group -> group.getValue().get(field.getKey())));
                sum += families;
                log.printf(
                        Locale.ROOT,
                        "%-18s%7d%7d%7d%7.3f%18.3f%n",
                        field.getKey(),
                        counts[0],
                        counts[1],
                        counts[2],
                        f1(counts),
                        families);
            }
            log.printf(Locale.ROOT, "overall, the mean of the last column%21.3f%n", sum / Math.max(1, all.size()));
            log.println();
            groups.forEach(
                    (group, fields) -> log.printf(Locale.ROOT, "%-42s%7.3f%n", group, mean(fields.values().stream())));
        }

        private static double f1(int[] counts) {
            return counts[0] == 0 ? 0 : 2.0 * counts[0] / (2.0 * counts[0] + counts[1] + counts[2]);
        }

        /** Over what has labels. */
        private static double mean(Stream<int[]> counts) {
            return counts.filter(each -> each != null && each[0] + each[2] > 0)
                    .mapToDouble(Agreement::f1)
                    .average()
                    .orElse(0);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(pdf|docx|doc|rtf|odt|txt|html|xml)"))
                    .sorted()
                    .toList();
        }
    }

    private static void print(PrintStream out, String name, DocumentText text) {
        out.println("##### " + name + " (" + text.pages() + " pages)");
        for (TextLine line : text.lines()) {
            TextLine.Style style = line.style();
            out.printf(
                    Locale.ROOT,
                    "%-14s|%s%n",
                    style == null || line.text().isEmpty()
                            ? ""
                            : (style.block() + " " + style.size() + (style.bold() ? "b" : "")
                                    + (style.heading() > 0 ? "h" : "") + " x" + style.x() / 10),
                    line.text().replace("\t", " \u2192 "));
        }
        out.println("links: " + text.links());
    }

    private static Map<String, Object> prediction(String file, ParsedResume resume) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("name", resume.personalInfo().name());
        person.put("email", resume.personalInfo().email());
        person.put("phone", resume.personalInfo().phone());
        person.put("location", resume.personalInfo().location());
        person.put("headline", resume.personalInfo().headline());
        List<Object> experience = new ArrayList<>();
        for (ParsedResume.Experience job : resume.experience()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("company", job.company());
            entry.put("position", job.position());
            entry.put("start_date", job.startDate());
            entry.put("end_date", job.endDate());
            entry.put("duration", job.duration());
            entry.put("location", job.location());
            entry.put("description", job.description());
            experience.add(entry);
        }
        List<Object> education = new ArrayList<>();
        for (ParsedResume.Education school : resume.education()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("institution", school.institution());
            entry.put("degree", school.degree());
            entry.put("field", school.field());
            entry.put("graduation_year", school.graduationYear());
            entry.put("level", school.level());
            education.add(entry);
        }
        Map<String, Object> parsed = new LinkedHashMap<>();
        parsed.put("personal_info", person);
        parsed.put("summary", resume.summary());
        parsed.put("experience", experience);
        parsed.put("education", education);
        parsed.put(
                "skills",
                resume.skills().stream().map(ParsedResume.Skill::printed).toList());
        parsed.put("certifications", resume.certifications());
        parsed.put(
                "languages",
                resume.languages().stream()
                        .map(ParsedResume.SpokenLanguage::name)
                        .toList());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", file);
        line.put("parsed_data", parsed);
        line.put("total_experience_months", resume.totalExperienceMonths());
        line.put("confidence", resume.confidence());
        line.put("flags", resume.flags());
        return line;
    }
}
