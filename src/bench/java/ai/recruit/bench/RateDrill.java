package ai.recruit.bench;

import ai.recruit.standalone.ExternalServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Two processes on the same servers, and one account that asks both of them as fast as it can: never may more requests be
 * let through than the limit in any span of time of its length.
 *
 * <p>A request that was let through was so at some instant between its sending and its answer. So it surely fell into a
 * window when both lie in it: of those there may never be more than the limit.
 *
 * <p>Arguments: requests (10,000), limit (200), window in seconds (2), clients (16).
 */
public final class RateDrill {

    private static final Duration READY = Duration.ofSeconds(90);

    private RateDrill() {}

    private record Passed(long from, long to) {}

    public static void main(String[] arguments) throws Exception {
        int requests = argument(arguments, 0, 10_000);
        int limit = argument(arguments, 1, 200);
        Duration window = Duration.ofSeconds(argument(arguments, 2, 2));
        int clients = argument(arguments, 3, 16);
        Path folder = Files.createTempDirectory("rate-drill");
        boolean well;
        try (ExternalServers servers = ExternalServers.start(folder.resolve("servers"))) {
            Map<String, String> environment = new HashMap<>(OutageDrill.secret(servers.environment()));
            environment.put("RECRUIT_RATE_ENTERPRISE", Integer.toString(limit));
            environment.put("RECRUIT_RATE_PLAN_WINDOW", window.toSeconds() + "s");
            try (ServiceProcess first = new ServiceProcess(folder.resolve("first"), environment, List.of("-Xmx512m"));
                    ServiceProcess second =
                            new ServiceProcess(folder.resolve("second"), environment, List.of("-Xmx512m"))) {
                first.start();
                first.awaitReady(READY);
                second.start();
                second.awaitReady(READY);
                well = ask(
                        Recruiter.register(first.url(), "rita@drill.example"),
                        first,
                        second,
                        requests,
                        limit,
                        window,
                        clients);
            }
        }
        System.out.println(well ? "Rate drill passed" : "Rate drill FAILED; logs in " + folder);
        System.exit(well ? 0 : 1);
    }

    private static int argument(String[] arguments, int at, int usual) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : usual;
    }

    private static boolean ask(
            Recruiter recruiter,
            ServiceProcess first,
            ServiceProcess second,
            int requests,
            int limit,
            Duration window,
            int clients)
            throws InterruptedException {
        List<String> urls = List.of(first.url(), second.url());
        ConcurrentLinkedQueue<Passed> passed = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
        LongAdder refused = new LongAdder();
        AtomicInteger left = new AtomicInteger(requests);
        long began = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Random random = new Random(i);
            HttpClient http = HttpClient.newHttpClient();
            Thread thread = new Thread(() -> {
                while (left.getAndDecrement() > 0) {
                    long from = System.nanoTime();
                    HttpResponse<Void> answer = get(http, urls.get(random.nextInt(2)), recruiter.token());
                    switch (answer.statusCode()) {
                        case 200 -> passed.add(new Passed(from, System.nanoTime()));
                        case 429 -> refused.increment();
                        default -> faults.add("answered " + answer.statusCode());
                    }
                    if (answer.headers().firstValue("X-RateLimit-Remaining").isEmpty()) {
                        faults.add("an answer without X-RateLimit-Remaining");
                    }
                    // Refusals cost next to nothing: without a pause all requests are gone within a few windows.
                    DrillChecks.pause(Duration.ofMillis(random.nextInt(answer.statusCode() == 429 ? 50 : 5)));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Passed> sorted =
                passed.stream().sorted(Comparator.comparingLong(Passed::from)).toList();
        int surely = 0;
        for (int i = 0; i < sorted.size(); i++) {
            long end = sorted.get(i).from() + window.toNanos();
            int count = 0;
            for (int j = i; j < sorted.size() && sorted.get(j).from() < end; j++) {
                count += sorted.get(j).to() <= end ? 1 : 0;
            }
            surely = Math.max(surely, count);
        }
        double[] took = sorted.stream()
                .mapToDouble(each -> (each.to() - each.from()) / 1e6)
                .sorted()
                .toArray();
        System.out.printf(
                "%d requests of %d clients to two nodes in %.1f s: %d let through, %d refused%n",
                requests, clients, seconds, sorted.size(), refused.sum());
        System.out.printf(
                "limit %d in %d s; most in any window %d; let through a window on average %.1f%n",
                limit, window.toSeconds(), surely, sorted.size() / seconds * window.toSeconds());
        System.out.printf("answer p50 %.1f ms, p99 %.1f ms%n", at(took, 0.5), at(took, 0.99));
        Arrays.stream(faults.toArray()).distinct().forEach(fault -> System.out.println("FAULT " + fault));
        return surely <= limit && surely > limit / 2 && faults.isEmpty();
    }

    private static double at(double[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))];
    }

    private static HttpResponse<Void> get(HttpClient http, String url, String token) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v1/jobs?limit=1"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
