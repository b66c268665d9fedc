package ai.recruit.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Uploads a batch while 20 SSE and 20 WebSocket clients listen and lose their lines at random, kills the service (in
 * standalone mode, servers and all) with {@code kill -9} several times, and then looks whether every acknowledged file
 * has come to exactly one end, whether every person has exactly one candidate, and whether every client has every event
 * exactly once.
 *
 * <p>Arguments: files (300), kills (5), seed.
 */
public final class CrashDrill {

    private static final Duration READY = Duration.ofSeconds(90);

    private CrashDrill() {}

    public static void main(String[] arguments) throws Exception {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
        System.out.printf("Crash drill: %d files, %d kills, seed %d%n", files, kills, seed);
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory("crash-drill");
        List<String> faults = new ArrayList<>();
        try (ServiceProcess service = new ServiceProcess(folder, Map.of(), List.of("-Xmx768m"))) {
            service.start();
            System.out.printf("ready after %d ms%n", service.awaitReady(READY).toMillis());
            Recruiter recruiter = Recruiter.register(service.url(), "rita@drill.example");
            run(service, recruiter, files, kills, random, faults);
        }
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(faults.isEmpty() ? "Crash drill passed" : "Crash drill FAILED; logs in " + folder);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private static void run(
            ServiceProcess service, Recruiter recruiter, int count, int kills, Random random, List<String> faults) {
        List<Recruiter.File> files = people(count);
        JsonNode answer = recruiter.bulk(files).block(Duration.ofSeconds(120));
        if (answer == null || answer.path("accepted").asInt() != count) {
            faults.add("The batch was not accepted: " + answer);
            return;
        }
        String batch = answer.path("batch_id").asString();
        Set<String> acknowledged = new LinkedHashSet<>(Recruiter.ids(answer.path("items")));
        List<Watcher> watchers = new ArrayList<>();
        Duration longest = Duration.ofSeconds(4);
        for (int i = 0; i < 20; i++) {
            watchers.add(
                    Watcher.sse("sse-" + i, () -> recruiter, "/api/resumes/batches/" + batch + "/events", longest));
            watchers.add(Watcher.socket("ws-" + i, () -> recruiter, service::url, "batch:" + batch, longest));
        }
        ConcurrentLinkedQueue<String> singles = new ConcurrentLinkedQueue<>();
        AtomicBoolean uploading = new AtomicBoolean(true);
        Thread uploader = new Thread(() -> uploadOneByOne(recruiter, singles, uploading), "uploader");
        uploader.start();
        for (int kill = 1; kill <= kills; kill++) {
            pause(Duration.ofMillis(500 + random.nextInt(6_000)));
            JsonNode state = recruiter.get("/api/resumes/batches/" + batch);
            service.kill();
            service.start();
            Duration back = service.awaitReady(READY);
            System.out.printf(
                    "kill %d at %d%% of the batch; ready again after %d ms%n",
                    kill, state.path("progress").asInt(), back.toMillis());
        }
        uploading.set(false);
        join(uploader);
        acknowledged.addAll(singles);
        awaitEnd(recruiter, acknowledged, faults);
        verifyStates(recruiter, acknowledged, count, faults);
        verifyWatchers(recruiter, batch, watchers, faults);
        System.out.printf(
                "%d files acknowledged, %d of them one by one; %d clients, %d connections%n",
                acknowledged.size(),
                singles.size(),
                watchers.size(),
                watchers.stream().mapToInt(Watcher::connections).sum());
    }

    /** Every sixth person sends two different files, so that one person must not become two candidates. */
    private static List<Recruiter.File> people(int count) {
        List<Recruiter.File> files = new ArrayList<>(Recruiter.resumes(1_000, count - count / 6));
        for (Recruiter.File file : List.copyOf(files.subList(0, count / 6))) {
            int person = Integer.parseInt(file.name().replaceAll("\\D", ""));
            files.add(new Recruiter.File(
                    "again-" + person + ".html",
                    ai.recruit.parsing.SampleResumes.html(
                            ai.recruit.parsing.SampleResumes.person(person).withLocation("Lisbon, Portugal"))));
        }
        return files;
    }

    private static void uploadOneByOne(
            Recruiter recruiter, ConcurrentLinkedQueue<String> acknowledged, AtomicBoolean going) {
        int person = 50_000;
        while (going.get()) {
            Recruiter.File file = Recruiter.resumes(person++, 1).get(0);
            recruiter
                    .upload(file)
                    .timeout(Duration.ofSeconds(10))
                    .onErrorResume(notAcknowledged -> Mono.empty())
                    .blockOptional()
                    .ifPresent(
                            answer -> acknowledged.add(answer.path("resume_id").asString()));
            pause(Duration.ofMillis(300));
        }
    }

    private static void awaitEnd(Recruiter recruiter, Set<String> resumes, List<String> faults) {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
        Set<String> open = new HashSet<>(resumes);
        while (!open.isEmpty() && Instant.now().isBefore(deadline)) {
            open.removeIf(id -> {
                String status = recruiter
                        .get("/api/resumes/" + id + "/status")
                        .path("status")
                        .asString();
                return status.equals("completed") || status.equals("failed");
            });
            pause(Duration.ofMillis(500));
        }
        open.forEach(id -> faults.add(id + " has not come to an end"));
    }

    private static void verifyStates(Recruiter recruiter, Set<String> resumes, int count, List<String> faults) {
        Map<String, Integer> states = new TreeMap<>();
        Map<String, Set<String>> candidatesOfPerson = new HashMap<>();
        Map<String, Set<String>> personsOfCandidate = new HashMap<>();
        for (String id : resumes) {
            JsonNode status = recruiter.get("/api/resumes/" + id + "/status");
            states.merge(status.path("status").asString(), 1, Integer::sum);
            if (!status.path("status").asString().equals("completed")) {
                System.out.println("  " + id + " " + status.path("error") + " attempts " + status.path("attempts"));
                continue;
            }
            JsonNode data = recruiter.get("/api/resumes/" + id + "/data");
            String candidate = data.path("candidate_id").asString();
            String email =
                    data.path("parsed_data").path("personal_info").path("email").asString();
            candidatesOfPerson.computeIfAbsent(email, key -> new HashSet<>()).add(candidate);
            personsOfCandidate
                    .computeIfAbsent(candidate, key -> new HashSet<>())
                    .add(email);
            long ends = events(recruiter, "/api/resumes/" + id + "/events").stream()
                    .filter(type -> type.equals("resume.completed") || type.equals("resume.failed"))
                    .count();
            if (ends != 1) {
                faults.add(id + " has " + ends + " ends");
            }
        }
        candidatesOfPerson.forEach((email, candidates) -> {
            if (candidates.size() != 1) {
                faults.add(email + " has " + candidates.size() + " candidates");
            }
        });
        personsOfCandidate.forEach((candidate, emails) -> {
            if (emails.size() != 1) {
                faults.add(candidate + " stands for " + emails);
            }
        });
        System.out.printf("states %s, %d people%n", states, candidatesOfPerson.size());
        if (candidatesOfPerson.size() < count - count / 6 && !states.containsKey("failed")) {
            faults.add("Only " + candidatesOfPerson.size() + " people were found");
        }
    }

    private static List<String> events(Recruiter recruiter, String path) {
        Watcher reference = Watcher.sse("reference", () -> recruiter, path, null);
        reference.ended().timeout(Duration.ofSeconds(30), Mono.empty()).block();
        reference.stop();
        return reference.types();
    }

    private static void verifyWatchers(Recruiter recruiter, String batch, List<Watcher> watchers, List<String> faults) {
        Watcher reference =
                Watcher.sse("reference", () -> recruiter, "/api/resumes/batches/" + batch + "/events", null);
        reference
                .ended()
                .timeout(
                        Duration.ofSeconds(60),
                        Mono.fromRunnable(() -> faults.add("the stream of the finished batch does not end")))
                .block();
        List<String> expected = reference.ids();
        System.out.printf("%d events of the batch%n", expected.size());
        for (Watcher watcher : watchers) {
            watcher.ended()
                    .timeout(
                            Duration.ofSeconds(60),
                            Mono.fromRunnable(() -> faults.add(watcher.name() + " was not told the end")))
                    .block();
            watcher.stop();
            faults.addAll(watcher.faults());
            if (!watcher.ids().equals(expected)) {
                Set<String> missing = new LinkedHashSet<>(expected);
                watcher.ids().forEach(missing::remove);
                faults.add(watcher.name() + " has " + watcher.ids().size() + " events of " + expected.size()
                        + "; missing " + missing.size());
            }
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
