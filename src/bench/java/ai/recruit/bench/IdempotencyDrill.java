package ai.recruit.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Equal POSTs at the same time, while the service is killed again and again: each key has one effect, and all who ask with
 * it get the same answer. What is posted are service keys, since nothing but the idempotency key keeps a second one out.
 *
 * <p>Arguments: requests (200), keys (50), kills (2), rounds (1), seed.
 */
public final class IdempotencyDrill {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();

    private IdempotencyDrill() {}

    public static void main(String[] arguments) throws Exception {
        int requests = argument(arguments, 0, 200);
        int keys = argument(arguments, 1, 50);
        int kills = argument(arguments, 2, 2);
        int rounds = argument(arguments, 3, 1);
        long seed = arguments.length > 4 ? Long.parseLong(arguments[4]) : System.nanoTime();
        System.out.printf(
                "Idempotency drill: %d requests, %d keys, %d kills, %d rounds, seed %d%n",
                requests, keys, kills, rounds, seed);
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory("idempotency-drill");
        boolean well = true;
        try (ServiceProcess service = new ServiceProcess(folder, Map.of(), List.of("-Xmx512m"))) {
            service.start();
            service.awaitReady(READY);
            for (int round = 1; round <= rounds; round++) {
                well &= new Round(service, round, requests, keys, kills, random).run();
            }
        }
        System.out.println(well ? "Idempotency drill passed" : "Idempotency drill FAILED; logs in " + folder);
        System.exit(well ? 0 : 1);
    }

    private static int argument(String[] arguments, int at, int usual) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : usual;
    }

    /** Requests, kills, and what is there afterwards. */
    private static final class Round {

        private final HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        private final ServiceProcess service;
        private final int number;
        private final int requests;
        private final int keys;
        private final int kills;
        private final Random random;
        private final Map<String, Set<String>> answers = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
        private final AtomicInteger answered = new AtomicInteger();
        private final LongAdder replayed = new LongAdder();
        private final LongAdder running = new LongAdder();
        private final LongAdder broken = new LongAdder();

        Round(ServiceProcess service, int number, int requests, int keys, int kills, Random random) {
            this.service = service;
            this.number = number;
            this.requests = requests;
            this.keys = keys;
            this.kills = kills;
            this.random = random;
        }

        boolean run() throws Exception {
            String token = login();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                order.add(i % keys);
            }
            Collections.shuffle(order, random);
            List<Thread> threads = new ArrayList<>();
            for (int key : order) {
                int pause = random.nextInt(1_500);
                Thread thread = new Thread(() -> {
                    DrillChecks.pause(Duration.ofMillis(pause));
                    insist(token, key);
                });
                thread.start();
                threads.add(thread);
            }
            for (int kill = 1; kill <= kills; kill++) {
                // At a moment when some are answered and some are under way.
                int reached = requests * kill / (kills + 1) - random.nextInt(Math.max(1, requests / 10));
                while (answered.get() < reached) {
                    Thread.onSpinWait();
                }
                service.kill();
                int at = answered.get();
                service.start();
                service.awaitReady(READY);
                System.out.printf("kill %d after %d of %d answers%n", kill, at, requests);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            verify(login());
            System.out.printf(
                    "round %d: %d answers, %d of them again, %d times 409, %d lines broken, %d faults%n",
                    number, answered.get(), replayed.sum(), running.sum(), broken.sum(), faults.size());
            faults.stream().limit(10).forEach(fault -> System.out.println("FAULT " + fault));
            return faults.isEmpty();
        }

        private String name(int key) {
            return "drill-" + number + "-" + key;
        }

        /** Sends the request until it is answered. */
        private void insist(String token, int key) {
            while (true) {
                try {
                    HttpResponse<String> answer = http.send(
                            HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/api-keys"))
                                    .timeout(Duration.ofSeconds(30))
                                    .header("Authorization", "Bearer " + token)
                                    .header("Content-Type", "application/json")
                                    .header("Idempotency-Key", name(key))
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"name\":\"" + name(key) + "\",\"scopes\":[\"jobs:read\"]}",
                                            StandardCharsets.UTF_8))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 201) {
                        answers.computeIfAbsent(name(key), each -> ConcurrentHashMap.newKeySet())
                                .add(answer.body());
                        answer.headers().firstValue("Idempotency-Replayed").ifPresent(again -> replayed.increment());
                        answered.incrementAndGet();
                        return;
                    }
                    if (answer.statusCode() == 409) {
                        running.increment();
                    } else if (answer.statusCode() != 503) {
                        faults.add(name(key) + " answered " + answer.statusCode() + " " + answer.body());
                        return;
                    }
                } catch (IOException gone) {
                    broken.increment();
                } catch (InterruptedException stop) {
                    throw new IllegalStateException(stop);
                }
                DrillChecks.pause(Duration.ofMillis(50 + (key * 7) % 50));
            }
        }

        private void verify(String token) throws Exception {
            Map<String, Integer> made = new HashMap<>();
            Set<String> seen = new HashSet<>();
            for (int page = 1; ; page++) {
                JsonNode rows = JSON.readTree(http.send(
                                        HttpRequest.newBuilder(URI.create(
                                                        service.url() + "/api/v1/api-keys?limit=100&page=" + page))
                                                .header("Authorization", "Bearer " + token)
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body())
                        .path("data");
                if (rows.isEmpty()) {
                    break;
                }
                rows.forEach(row -> {
                    if (seen.add(row.path("id").asString())) {
                        made.merge(row.path("name").asString(), 1, Integer::sum);
                    }
                });
            }
            for (int key = 0; key < keys; key++) {
                int effects = made.getOrDefault(name(key), 0);
                if (effects != 1) {
                    faults.add(name(key) + " had " + effects + " effects");
                }
                int different = answers.getOrDefault(name(key), Set.of()).size();
                if (different != 1) {
                    faults.add(name(key) + " had " + different + " different answers");
                }
            }
        }

        private String login() throws Exception {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/auth/login"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(
                                    Map.of("email", ServiceProcess.ADMIN, "password", ServiceProcess.PASSWORD))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(answer.body()).path("access_token").asString();
        }
    }
}
