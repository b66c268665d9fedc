package ai.recruit.bench;

import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.SampleResumes;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Resumes a second from the upload to the last progress event, beside the yardstick of the same run: the bare text
 * extraction of the same files in one JVM, on as many threads as there are processors. Both run the
 * same number of rounds before they are measured.
 *
 * <p>Arguments: files (300), and a folder of resumes to use instead of made ones; from a folder each file is sent several
 * times with {@code force}, until the number is reached.
 */
public final class PipelineBench {

    private static final Set<String> ENDINGS = Set.of("pdf", "docx", "doc", "rtf", "odt", "txt", "html");

    private static final int WARM_UP = 40;
    private static final int MEASURED = 10;

    private PipelineBench() {}

    private record Rates(double cold, double warm) {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        List<Recruiter.File> files = arguments.length > 1 ? folder(Path.of(arguments[1]), count) : made(count);
        double bytes =
                files.stream().mapToLong(file -> file.bytes().length).average().orElse(0);
        System.out.printf("%d files, %.1f kB on average%n", files.size(), bytes / 1024);
        int processors = Runtime.getRuntime().availableProcessors();
        Rates bare = rounds("bare text extraction", WARM_UP, () -> bare(files, processors));
        Rates oneThread = rounds("the same on one thread", 1, () -> bare(files, 1));
        Path data = Files.createTempDirectory("pipeline-bench");
        try (ServiceProcess service = new ServiceProcess(data, Map.of(), List.of("-Xmx1g"))) {
            service.start();
            service.awaitReady(Duration.ofSeconds(90));
            Recruiter recruiter = Recruiter.register(service.url(), "rita@drill.example");
            Load load = new Load(recruiter, files);
            Rates endToEnd = rounds("upload to completed", WARM_UP, load::round);
            double[] before = processorTime(service);
            for (int i = 0; i < MEASURED; i++) {
                load.round();
            }
            double[] after = processorTime(service);
            String[] names = {"service with its broker", "PostgreSQL and Redis", "client"};
            for (int i = 0; i < names.length; i++) {
                System.out.printf(
                        "processor time of %-24s%6.2f ms a resume%n",
                        names[i], 1000 * (after[i] - before[i]) / MEASURED / files.size());
            }
            System.out.printf(
                    "ratio                   %8.2f (aim: at least 0.6), in the first round %.2f%n",
                    endToEnd.warm() / bare.warm(), endToEnd.cold() / bare.cold());
            System.out.printf("to one thread           %8.2f%n", endToEnd.warm() / oneThread.warm());
        }
        System.exit(0);
    }

    private static List<Recruiter.File> made(int count) {
        List<Recruiter.File> files = new ArrayList<>();
        List<DocumentType> types = List.of(DocumentType.PDF, DocumentType.PDF, DocumentType.DOCX);
        for (int i = 0; i < count; i++) {
            DocumentType type = types.get(i % types.size());
            files.add(new Recruiter.File(
                    "resume-" + i + "." + type.extension(), SampleResumes.write(SampleResumes.person(i), type)));
        }
        return files;
    }

    private static List<Recruiter.File> folder(Path folder, int count) throws IOException {
        List<Recruiter.File> found;
        try (Stream<Path> paths = Files.walk(folder)) {
            found = paths.filter(Files::isRegularFile)
                    .filter(path -> ENDINGS.contains(path.toString()
                            .substring(path.toString().lastIndexOf('.') + 1)
                            .toLowerCase(Locale.ROOT)))
                    .sorted()
                    .map(path -> {
                        try {
                            return new Recruiter.File(String.valueOf(path.getFileName()), Files.readAllBytes(path));
                        } catch (IOException failure) {
                            throw new UncheckedIOException(failure);
                        }
                    })
                    .toList();
        }
        List<Recruiter.File> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(found.get(i % found.size()));
        }
        return files;
    }

    /** One round of the yardstick, in files a second. */
    private static double bare(List<Recruiter.File> files, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        AtomicInteger failed = new AtomicInteger();
        long from = System.nanoTime();
        for (Recruiter.File file : files) {
            pool.execute(() -> {
                try {
                    new TextExtractor().extract(file.bytes(), ParsingLimits.defaults());
                } catch (UnreadableDocument unreadable) {
                    failed.incrementAndGet();
                }
            });
        }
        pool.shutdown();
        try {
            if (!pool.awaitTermination(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The extraction does not end");
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
        return files.size() / ((System.nanoTime() - from) / 1e9);
    }

    /**
     * Rounds before those that are measured, the same number for both: the virtual machine compiles the code that is
     * used much, and takes minutes for it.
     */
    private static Rates rounds(String name, int warmUp, Supplier<Double> round) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < warmUp + MEASURED; i++) {
            rates.add(round.get());
        }
        Rates found = new Rates(rates.get(0), median(rates.subList(warmUp, rates.size())));
        System.out.printf("%-24s%8.1f files/s, %.1f in the first round%n", name, found.warm(), found.cold());
        return found;
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
    }

    /** Processor time of the service with its servers, and of this process, in seconds. */
    private static double[] processorTime(ServiceProcess service) {
        ProcessHandle handle = ProcessHandle.of(service.pid()).orElseThrow();
        return new double[] {
            seconds(handle),
            handle.descendants().mapToDouble(PipelineBench::seconds).sum(),
            seconds(ProcessHandle.current())
        };
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    /** Batches one behind the other: the next one is sent while the one before it is being worked on. */
    private static final class Load {

        private final Recruiter recruiter;
        private final List<Recruiter.File> files;
        private String batch;
        private long from = System.nanoTime();

        Load(Recruiter recruiter, List<Recruiter.File> files) {
            this.recruiter = recruiter;
            this.files = files;
            this.batch = send();
        }

        /** Sends a batch and waits for the one before it; the files a second since the last round. */
        double round() {
            String next = send();
            while (!recruiter.get(batch).path("status").asString().equals("completed")) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            batch = next;
            long now = System.nanoTime();
            double rate = files.size() / ((now - from) / 1e9);
            from = now;
            return rate;
        }

        private String send() {
            JsonNode answer = recruiter.bulk(files, true).block(Duration.ofMinutes(5));
            if (answer == null) {
                throw new IllegalStateException("The batch was not accepted");
            }
            return "/api/resumes/batches/" + answer.path("batch_id").asString();
        }
    }
}
