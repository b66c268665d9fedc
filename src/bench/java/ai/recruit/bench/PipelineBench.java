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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Resumes a second from the upload to the last progress event, beside the yardstick of the same run: the bare text
 * extraction of the same files in one JVM, on as many threads as there are processors.
 *
 * <p>Arguments: files (300), and a folder of resumes to use instead of made ones; from a folder each file is sent several
 * times with {@code force}, until the number is reached.
 */
public final class PipelineBench {

    private static final Set<String> ENDINGS = Set.of("pdf", "docx", "doc", "rtf", "odt", "txt", "html");

    private PipelineBench() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        List<Recruiter.File> files = arguments.length > 1 ? folder(Path.of(arguments[1]), count) : made(count);
        double bytes =
                files.stream().mapToLong(file -> file.bytes().length).average().orElse(0);
        System.out.printf("%d files, %.1f kB on average%n", files.size(), bytes / 1024);
        double bare = bare(files);
        Path data = Files.createTempDirectory("pipeline-bench");
        try (ServiceProcess service = new ServiceProcess(data, Map.of(), List.of("-Xmx1g"))) {
            service.start();
            service.awaitReady(Duration.ofSeconds(90));
            Recruiter recruiter = Recruiter.register(service.url(), "rita@drill.example");
            run(recruiter, files, "warm-up");
            run(recruiter, files, "warm-up");
            double endToEnd = run(recruiter, files, "measured");
            System.out.printf("bare text extraction   %8.1f files/s%n", bare);
            System.out.printf("upload to completed    %8.1f files/s%n", endToEnd);
            System.out.printf("ratio                  %8.2f (aim: at least 0.6)%n", endToEnd / bare);
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

    private static double bare(List<Recruiter.File> files) throws InterruptedException {
        double best = 0;
        for (int round = 0; round < 3; round++) {
            ExecutorService pool =
                    Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
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
            if (!pool.awaitTermination(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The extraction does not end");
            }
            best = files.size() / ((System.nanoTime() - from) / 1e9);
        }
        return best;
    }

    private static double run(Recruiter recruiter, List<Recruiter.File> files, String name) {
        long from = System.nanoTime();
        JsonNode answer = recruiter.bulk(files, true).block(Duration.ofMinutes(5));
        if (answer == null) {
            throw new IllegalStateException("The batch was not accepted");
        }
        double acknowledged = (System.nanoTime() - from) / 1e9;
        String batch = "/api/resumes/batches/" + answer.path("batch_id").asString();
        JsonNode state = recruiter.get(batch);
        while (!state.path("status").asString().equals("completed")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            state = recruiter.get(batch);
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        System.out.printf(
                "  %s: acknowledged after %.2f s, completed after %.2f s (%d completed, %d failed)%n",
                name,
                acknowledged,
                seconds,
                state.path("completed").asInt(),
                state.path("failed").asInt());
        return files.size() / seconds;
    }
}
