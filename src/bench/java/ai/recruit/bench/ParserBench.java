package ai.recruit.bench;

import ai.recruit.parsing.DocumentText;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.slf4j.LoggerFactory;

/**
 * What the parser costs, and whether it says the same of both formats, over a folder of resumes.
 *
 * <ul>
 *   <li>text and fields of PDF and DOCX against bare PDFBox and POI text of the same files in the same run, by processor
 *       time;
 *   <li>time a page, and what one parse allocates;
 *   <li>the share of equal values where a DOCX and a PDF have the same name.
 * </ul>
 *
 * <pre>src/bench/run ParserBench FOLDER [rounds]</pre>
 */
public final class ParserBench {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);
    private static final int WARM_UP = 25;
    private static final Set<String> BARE = Set.of("pdf", "docx");
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<String, byte[]> files;
    private final TextExtractor extractor = new TextExtractor();
    private final ResumeParser parser = new ResumeParser();

    private ParserBench(Map<String, byte[]> files) {
        this.files = files;
    }

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger("org.apache")).setLevel(Level.OFF);
        Path folder = Path.of(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(path -> path.toString().matches(".*\\.(pdf|docx|doc|rtf|odt|txt|html)"))
                    .toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        ParserBench bench = new ParserBench(files);
        bench.pairs();
        bench.speed(rounds);
        System.exit(0);
    }

    private ParsedResume parse(byte[] document) throws UnreadableDocument {
        return parser.parse(extractor.extract(document, ParsingLimits.defaults()), AS_OF);
    }

    private void pairs() throws UnreadableDocument {
        int equal = 0;
        int all = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] other = files.get(file.getKey().replaceAll("\\.pdf$", ".docx"));
            if (!file.getKey().endsWith(".pdf") || other == null) {
                continue;
            }
            List<String> pdf = values(parse(file.getValue()));
            List<String> docx = values(parse(other));
            List<String> left = new ArrayList<>(docx);
            int same = (int) pdf.stream().filter(left::remove).count();
            int most = Math.max(pdf.size(), docx.size());
            equal += same;
            all += most;
            System.out.printf(Locale.ROOT, "  %3d of %3d values equal: %s%n", same, most, file.getKey());
        }
        System.out.printf(
                Locale.ROOT,
                "DOCX and PDF of one name: %d of %d values equal, %.3f%n",
                equal,
                all,
                1.0 * equal / Math.max(1, all));
    }

    private static List<String> values(ParsedResume resume) {
        List<String> values = new ArrayList<>();
        ParsedResume.PersonalInfo person = resume.personalInfo();
        add(values, "name", person.name());
        add(values, "location", person.location());
        person.emails().forEach(email -> add(values, "email", email));
        person.phones().forEach(phone -> add(values, "phone", phone.number()));
        resume.experience().forEach(job -> {
            add(values, "company", job.company());
            add(values, "title", job.position());
            add(values, "start", job.startDate());
            add(values, "end", job.endDate());
        });
        resume.education().forEach(school -> {
            add(values, "institution", school.institution());
            add(values, "degree", school.degree());
            add(values, "year", school.graduationYear());
        });
        resume.skillNames().forEach(skill -> add(values, "skill", skill));
        resume.certifications().forEach(certificate -> add(values, "certificate", certificate));
        resume.languages().forEach(language -> add(values, "language", language.name()));
        return values;
    }

    private static void add(List<String> values, String field, Object value) {
        if (value != null) {
            values.add(field + " " + value);
        }
    }

    private void speed(int rounds) throws IOException, UnreadableDocument {
        Map<String, List<Double>> ratios = new TreeMap<>();
        Map<String, Integer> pages = new HashMap<>();
        List<Double> millisPerPage = new ArrayList<>();
        List<Long> allocated = new ArrayList<>();
        for (int round = 0; round < WARM_UP + rounds; round++) {
            boolean measured = round >= WARM_UP;
            // By kind of file: what ours takes, and what the bare library does.
            Map<String, double[]> taken = new TreeMap<>();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                String kind = file.getKey().substring(file.getKey().lastIndexOf('.') + 1);
                long began = THREADS.getCurrentThreadCpuTime();
                long before =
                        THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
                DocumentText text = extractor.extract(file.getValue(), ParsingLimits.defaults());
                Objects.requireNonNull(parser.parse(text, AS_OF));
                long after =
                        THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
                double millis = (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
                pages.put(file.getKey(), text.pages());
                if (measured) {
                    millisPerPage.add(millis / text.pages());
                    allocated.add(after - before);
                }
                if (BARE.contains(kind)) {
                    began = THREADS.getCurrentThreadCpuTime();
                    bare(kind, file.getValue());
                    double bare = (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
                    for (String row : List.of(kind, "pdf and docx")) {
                        double[] both = taken.computeIfAbsent(row, any -> new double[2]);
                        both[0] += millis;
                        both[1] += bare;
                    }
                }
            }
            if (measured) {
                taken.forEach((row, both) ->
                        ratios.computeIfAbsent(row, any -> new ArrayList<>()).add(both[0] / both[1]));
            }
        }
        millisPerPage.sort(null);
        allocated.sort(null);
        ratios.forEach((row, all) -> {
            all.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "text and fields against bare PDFBox and POI text, %s: %.2f (%.2f to %.2f in %d rounds)%n",
                    row,
                    all.get(all.size() / 2),
                    all.get(0),
                    all.get(all.size() - 1),
                    rounds);
        });
        System.out.printf(
                Locale.ROOT,
                "a page of all files: median %.1f ms, p95 %.1f ms, p99 %.1f ms, largest %.1f ms of a processor%n",
                at(millisPerPage, 0.5),
                at(millisPerPage, 0.95),
                at(millisPerPage, 0.99),
                at(millisPerPage, 1));
        System.out.printf(
                Locale.ROOT,
                "allocated by one parse: median %.1f MB, largest %.1f MB%n",
                allocated.get(allocated.size() / 2) / 1e6,
                allocated.get(allocated.size() - 1) / 1e6);
    }

    private static void bare(String kind, byte[] document) throws IOException {
        if (kind.equals("docx")) {
            try (XWPFDocument loaded = new XWPFDocument(new ByteArrayInputStream(document));
                    XWPFWordExtractor extractor = new XWPFWordExtractor(loaded)) {
                Objects.requireNonNull(extractor.getText());
            }
            return;
        }
        try (PDDocument loaded = Loader.loadPDF(document)) {
            Objects.requireNonNull(new PDFTextStripper().getText(loaded));
        }
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }
}
