package ai.recruit.bench;

import ai.recruit.parsing.DocumentText;
import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.Flag;
import ai.recruit.parsing.Outcome;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Feeds the parser with changed documents and looks for what must not happen: more than 10 s of a processor, an exhausted memory, a
 * stack overflow, an exception of our own code, an answer that cannot be written as JSON. Whatever else ends with one of
 * the outcomes of {@link Outcome} or as a resume is right. What shows something new (another outcome, another exception
 * of a library, other flags, another shape of the answer) becomes a document to change further. The same seed gives the
 * same documents.
 *
 * <pre>JAVA_OPTIONS=-Xmx512m src/bench/run FuzzLab pdf|docx|doc|dates|phones|html|rtf|odt|txt|word_xml MINUTES [SEED]
 * src/bench/run FuzzLab check FILE...</pre>
 *
 * <p>A document that fails is made smaller and kept in {@code target/fuzz}.
 */
public final class FuzzLab {

    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 15);
    private static final long MOST_MILLIS = 10_000;
    private static final long SLOW_MILLIS = 3_000;
    private static final int MOST_KEPT = 3_000;
    /** Larger ones grow further with each change, until there is no memory left for the changing. */
    private static final int LARGEST_KEPT = 40_000;

    private static final int MOST_FAILURES = 40;
    private static final long MINIMISE_MILLIS = 60_000;
    private static final Path FOLDER = Path.of("target", "fuzz");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final TextExtractor extractor = new TextExtractor();
    private final ResumeParser parser = new ResumeParser();
    private final JsonMapper json = JsonMapper.builder().build();
    private final String target;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private volatile byte @Nullable [] now;
    private volatile long began;

    private FuzzLab(String target) {
        this.target = target;
    }

    /**
     * How a run ended.
     *
     * @param outcome for the table
     * @param shape what tells it from others
     * @param failure what is wrong, or null
     */
    private record End(
            String outcome, String shape, @Nullable String failure, long millis) {}

    public static void main(String[] arguments) throws IOException {
        ((Logger) LoggerFactory.getLogger("org.apache")).setLevel(Level.OFF);
        FuzzLab lab = new FuzzLab(arguments[0]);
        lab.watch();
        if (arguments[0].equals("check")) {
            for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
                System.out.println(file + ": " + lab.run(Files.readAllBytes(Path.of(file))));
            }
            System.exit(0);
        }
        FuzzFormat format =
                switch (arguments[0]) {
                    case "pdf" -> new FuzzPdf();
                    case "doc" -> new FuzzDoc();
                    case "dates" -> new FuzzLines(true);
                    case "phones" -> new FuzzLines(false);
                    default -> new FuzzZip(DocumentType.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
                };
        double minutes = Double.parseDouble(arguments[1]);
        lab.fuzz(format, (long) (minutes * 60_000), arguments.length > 2 ? Long.parseLong(arguments[2]) : 1);
        System.exit(lab.failures.isEmpty() ? 0 : 1);
    }

    private void fuzz(FuzzFormat format, long millis, long seed) throws IOException {
        Files.createDirectories(FOLDER);
        Random random = new Random(seed);
        List<FuzzFormat.Sample> kept = new ArrayList<>();
        long start = System.currentTimeMillis();
        for (FuzzFormat.Sample sample : format.seeds()) {
            End end = judge(format, sample, "seed");
            if (end.failure() == null && seen.merge(end.shape(), 1, Integer::sum) <= 3) {
                kept.add(sample);
            }
        }
        int seeds = kept.size();
        System.out.printf(
                Locale.ROOT,
                "%s: %d documents to begin with, seed %d, at most %d MiB%n",
                target,
                seeds,
                seed,
                Runtime.getRuntime().maxMemory() >> 20);
        int runs = 0;
        long slowest = 0;
        long report = start + 60_000;
        while (System.currentTimeMillis() - start < millis && failures.size() < MOST_FAILURES) {
            // Half of the time one of the sound ones, else whatever showed something new.
            FuzzFormat.Sample from = kept.get(random.nextInt(random.nextBoolean() ? seeds : kept.size()));
            FuzzFormat.Sample changed = format.change(from, kept.get(random.nextInt(kept.size())), random);
            if (changed.parts().isEmpty()) {
                continue;
            }
            End end = judge(format, changed, "run" + runs);
            runs++;
            slowest = Math.max(slowest, end.millis());
            if (seen.merge(end.shape(), 1, Integer::sum) == 1
                    && end.failure() == null
                    && end.millis() < 1_000
                    && kept.size() < MOST_KEPT
                    && length(changed) <= LARGEST_KEPT) {
                kept.add(changed);
            }
            if (System.currentTimeMillis() > report) {
                report += 60_000;
                print(runs, start, slowest, kept.size() - seeds);
            }
        }
        print(runs, start, slowest, kept.size() - seeds);
        outcomes.forEach((outcome, count) -> System.out.printf(Locale.ROOT, "  %8d %s%n", count, outcome));
        failures.forEach((failure, count) -> System.out.printf(Locale.ROOT, "  FAILED %d times: %s%n", count, failure));
    }

    private void print(int runs, long start, long slowest, int found) {
        double seconds = (System.currentTimeMillis() - start) / 1e3;
        double worked = THREADS.getCurrentThreadCpuTime() / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %d runs in %.0f s, %.0f s of them of a processor (%.0f/s), %d different ends, %d documents kept, slowest %d ms, %d failures of %d kinds%n",
                target,
                runs,
                seconds,
                worked,
                runs / worked,
                seen.size(),
                found,
                slowest,
                failures.values().stream().mapToInt(Integer::intValue).sum(),
                failures.size());
    }

    private End judge(FuzzFormat format, FuzzFormat.Sample sample, String name) {
        byte[] document = format.write(sample);
        End end = run(document);
        outcomes.merge(end.outcome(), 1, Integer::sum);
        String failure = end.failure();
        if (failure != null && failures.merge(failure, 1, Integer::sum) == 1) {
            System.out.println("FAILED " + name + ": " + failure);
            save(name, document);
            save(name + "-small", smaller(format, sample, failure));
        } else if (end.millis() > SLOW_MILLIS && seen.merge("slow", 1, Integer::sum) <= 5) {
            save(name + "-slow-" + end.millis(), document);
        }
        return end;
    }

    private static int length(FuzzFormat.Sample sample) {
        return sample.parts().stream().mapToInt(part -> part.body().length).sum();
    }

    /** One document through text and fields, and what came of it. */
    private End run(byte[] document) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        began = cpu;
        now = document;
        String outcome = "read";
        String shape;
        String failure = null;
        try {
            DocumentText text =
                    extractor.extract(document, ParsingLimits.defaults().withInputBytes(1 << 30));
            shape = shape(text);
            ParsedResume resume = parser.parse(text, AS_OF);
            shape += shape(resume);
            byte[] written = json.writeValueAsBytes(resume);
            if (!json.readValue(written, ParsedResume.class).equals(resume)) {
                failure = "an answer that is another one when read back";
            }
            if (new String(written, java.nio.charset.StandardCharsets.UTF_8).contains("\\u0000")) {
                failure = "an answer with a character that no database takes";
            }
        } catch (UnreadableDocument unreadable) {
            outcome = unreadable.outcome().word();
            Throwable cause = unreadable.getCause();
            shape = unreadable.getMessage() + " " + (cause == null ? "" : place(cause));
            if (cause != null && place(cause).startsWith("ai.recruit")) {
                failure = "masked " + cause.getClass().getSimpleName() + " at " + place(cause);
            } else if (String.valueOf(unreadable.getMessage()).contains("more memory than there is")) {
                failure = "out of memory";
            } else if (String.valueOf(unreadable.getMessage()).contains("nested too deeply")) {
                failure = "stack overflow";
            }
        } catch (RuntimeException | Error thrown) {
            outcome = "thrown";
            shape = thrown.getClass().getSimpleName() + " at " + place(thrown);
            failure = shape;
        }
        now = null;
        Thread.interrupted();
        long millis = Math.max((THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000, 0);
        if (failure == null && millis > MOST_MILLIS) {
            failure = "took longer than 10 s";
        }
        return new End(outcome, outcome + " " + shape, failure, millis);
    }

    private static String shape(DocumentText text) {
        StringBuilder shape = new StringBuilder();
        shape.append(bits(text.lines().size()))
                .append('.')
                .append(bits(text.text().length()));
        shape.append('.')
                .append(Math.min(4, text.pages()))
                .append('.')
                .append(bits(text.links().size()));
        for (Flag flag : text.flags()) {
            shape.append(flag.code().name(), 0, 3).append(flag.reason());
        }
        text.lines().stream()
                .map(line -> line.part().name().charAt(0))
                .distinct()
                .forEach(shape::append);
        return shape.toString();
    }

    private static String shape(ParsedResume resume) {
        ParsedResume.PersonalInfo person = resume.personalInfo();
        StringBuilder shape = new StringBuilder(" ").append(resume.language());
        shape.append(person.name() == null ? '-' : 'n').append(person.location() == null ? '-' : 'l');
        shape.append(person.emails().size())
                .append(person.phones().size())
                .append(bits(person.links().size()));
        person.phones()
                .forEach(phone -> shape.append(phone.e164() == null ? 'p' : 'P')
                        .append(phone.number().length()));
        shape.append('.').append(resume.experience().size());
        resume.experience().forEach(job -> shape.append(length(job.startDate())).append(length(job.endDate())));
        shape.append('.')
                .append(resume.education().size())
                .append('.')
                .append(bits(resume.skills().size()));
        shape.append(bits(resume.totalExperienceMonths())).append(resume.flags().size());
        return shape.toString();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static int bits(int count) {
        return 32 - Integer.numberOfLeadingZeros(count);
    }

    /** The first line of a stack trace that is not the JDK's. */
    private static String place(Throwable thrown) {
        Throwable root = thrown;
        while (root instanceof UncheckedIOException && root.getCause() != null) {
            root = root.getCause();
        }
        for (StackTraceElement frame : root.getStackTrace()) {
            String name = frame.getClassName();
            if (!name.startsWith("java.")
                    && !name.startsWith("jdk.")
                    && !name.startsWith("sun.")
                    && !name.startsWith("com.sun.")) {
                return name + "." + frame.getMethodName() + ":" + frame.getLineNumber();
            }
        }
        return root.getClass().getName();
    }

    /** Takes away parts, then blocks of the parts, as long as the same failure remains. */
    private byte[] smaller(FuzzFormat format, FuzzFormat.Sample sample, String failure) {
        long until = System.currentTimeMillis() + MINIMISE_MILLIS;
        List<FuzzFormat.Part> parts = new ArrayList<>(sample.parts());
        for (int i = parts.size() - 1; i >= 0 && System.currentTimeMillis() < until; i--) {
            List<FuzzFormat.Part> fewer = new ArrayList<>(parts);
            fewer.remove(i);
            if (!fewer.isEmpty() && fails(format, fewer, sample.variation(), failure)) {
                parts = fewer;
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            FuzzFormat.Part part = parts.get(i);
            for (int block = Math.max(1, part.body().length / 2); block >= 1; block /= 2) {
                for (int at = 0; at < part.body().length && System.currentTimeMillis() < until; ) {
                    int to = Math.min(part.body().length, at + block);
                    FuzzFormat.Part shorter = new FuzzFormat.Part(
                            part.name(), part.head(), FuzzBytes.splice(part.body(), at, to, new byte[0]));
                    List<FuzzFormat.Part> fewer = new ArrayList<>(parts);
                    fewer.set(i, shorter);
                    if (fails(format, fewer, sample.variation(), failure)) {
                        parts = fewer;
                        part = shorter;
                    } else {
                        at = to;
                    }
                }
            }
        }
        return format.write(new FuzzFormat.Sample(parts, sample.variation()));
    }

    private boolean fails(FuzzFormat format, List<FuzzFormat.Part> parts, long variation, String failure) {
        return failure.equals(
                run(format.write(new FuzzFormat.Sample(parts, variation))).failure());
    }

    private void save(String name, byte[] document) {
        try {
            Path file = FOLDER.resolve(target + "-" + name);
            Files.write(file, document);
            System.out.println("  kept as " + file + ", " + document.length + " bytes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document that does not come back at all: says where it is, keeps it and ends the program. */
    private void watch() {
        Thread worker = Thread.currentThread();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "watch");
            thread.setDaemon(true);
            return thread;
        });
        var unused = watch.scheduleAtFixedRate(() -> look(worker), 1, 1, TimeUnit.SECONDS);
    }

    private void look(Thread worker) {
        byte[] document = now;
        long used = (THREADS.getThreadCpuTime(worker.getId()) - began) / 1_000_000;
        if (document != null && used > 3 * MOST_MILLIS) {
            System.out.println("HANGS for 30 s of a processor:");
            for (StackTraceElement frame : worker.getStackTrace()) {
                System.out.println("    " + frame);
            }
            save("hang", document);
            Runtime.getRuntime().halt(2);
        }
    }
}
