package ai.recruit.bench;

import ai.recruit.parsing.SampleResumes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What a drill does to the service besides breaking it, and what it looks at afterwards. */
final class DrillChecks {

    private final Recruiter recruiter;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> acknowledged = new LinkedHashSet<>();
    private final ConcurrentLinkedQueue<String> singles = new ConcurrentLinkedQueue<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final AtomicBoolean uploading = new AtomicBoolean(true);
    private final int files;
    private String batch = "";
    private Thread uploader = new Thread(() -> {});

    DrillChecks(Recruiter recruiter, int files) {
        this.recruiter = recruiter;
        this.files = files;
    }

    String batch() {
        return batch;
    }

    void fault(String text) {
        synchronized (faults) {
            faults.add(text);
        }
    }

    /** Uploads the batch, sets clients on it that lose their lines, and goes on uploading single files. */
    void begin(List<String> urls, int clients) {
        JsonNode answer = recruiter.bulk(people(files)).block(Duration.ofSeconds(120));
        if (answer == null || answer.path("accepted").asInt() != files) {
            throw new IllegalStateException("The batch was not accepted: " + answer);
        }
        batch = answer.path("batch_id").asString();
        acknowledged.addAll(Recruiter.ids(answer.path("items")));
        Duration longest = Duration.ofSeconds(4);
        for (int i = 0; i < clients; i++) {
            String url = urls.get(i % urls.size());
            Recruiter here = recruiter.at(url);
            watchers.add(Watcher.sse("sse-" + i, () -> here, "/api/resumes/batches/" + batch + "/events", longest));
            watchers.add(Watcher.socket("ws-" + i, () -> here, () -> url, "batch:" + batch, longest));
        }
        uploader = new Thread(this::uploadOneByOne, "uploader");
        uploader.start();
    }

    int progress() {
        return recruiter.get("/api/resumes/batches/" + batch).path("progress").asInt();
    }

    /** Stops uploading, waits for the end of everything, and looks. Answers whether all is well. */
    boolean verify() {
        uploading.set(false);
        try {
            uploader.join(30_000);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
        acknowledged.addAll(singles);
        awaitEnd();
        verifyStates();
        verifyWatchers();
        System.out.printf(
                "%d files acknowledged, %d of them one by one; %d clients, %d connections%n",
                acknowledged.size(),
                singles.size(),
                watchers.size(),
                watchers.stream().mapToInt(Watcher::connections).sum());
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        return faults.isEmpty();
    }

    /** Every sixth person sends two different files, so that one person must not become two candidates. */
    private static List<Recruiter.File> people(int count) {
        List<Recruiter.File> files = new ArrayList<>(Recruiter.resumes(1_000, count - count / 6));
        for (Recruiter.File file : List.copyOf(files.subList(0, count / 6))) {
            int person = Integer.parseInt(file.name().replaceAll("\\D", ""));
            files.add(new Recruiter.File(
                    "again-" + person + ".html",
                    SampleResumes.html(SampleResumes.person(person).withLocation("Lisbon, Portugal"))));
        }
        return files;
    }

    private void uploadOneByOne() {
        int person = 50_000;
        while (uploading.get()) {
            Recruiter.File file = Recruiter.resumes(person++, 1).get(0);
            recruiter
                    .upload(file)
                    .timeout(Duration.ofSeconds(10))
                    .onErrorResume(notAcknowledged -> Mono.empty())
                    .blockOptional()
                    .ifPresent(answer -> singles.add(answer.path("resume_id").asString()));
            pause(Duration.ofMillis(300));
        }
    }

    private void awaitEnd() {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
        Set<String> open = new HashSet<>(acknowledged);
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
        open.forEach(id -> fault(id + " has not come to an end"));
    }

    private void verifyStates() {
        Map<String, Integer> states = new TreeMap<>();
        Map<String, Set<String>> candidatesOfPerson = new HashMap<>();
        Map<String, Set<String>> personsOfCandidate = new HashMap<>();
        for (String id : acknowledged) {
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
            long ends = events("/api/resumes/" + id + "/events").stream()
                    .filter(type -> type.equals("resume.completed") || type.equals("resume.failed"))
                    .count();
            if (ends != 1) {
                fault(id + " has " + ends + " ends");
            }
        }
        candidatesOfPerson.forEach((email, candidates) -> {
            if (candidates.size() != 1) {
                fault(email + " has " + candidates.size() + " candidates");
            }
        });
        personsOfCandidate.forEach((candidate, emails) -> {
            if (emails.size() != 1) {
                fault(candidate + " stands for " + emails);
            }
        });
        System.out.printf("states %s, %d people%n", states, candidatesOfPerson.size());
        if (candidatesOfPerson.size() < files - files / 6 && !states.containsKey("failed")) {
            fault("Only " + candidatesOfPerson.size() + " people were found");
        }
    }

    private List<String> events(String path) {
        Watcher reference = Watcher.sse("reference", () -> recruiter, path, null);
        reference.ended().timeout(Duration.ofSeconds(30), Mono.empty()).block();
        reference.stop();
        return reference.types();
    }

    private void verifyWatchers() {
        Watcher reference =
                Watcher.sse("reference", () -> recruiter, "/api/resumes/batches/" + batch + "/events", null);
        reference
                .ended()
                .timeout(
                        Duration.ofSeconds(60),
                        Mono.fromRunnable(() -> fault("the stream of the finished batch does not end")))
                .block();
        List<String> expected = reference.ids();
        System.out.printf("%d events of the batch%n", expected.size());
        for (Watcher watcher : watchers) {
            watcher.ended()
                    .timeout(
                            Duration.ofSeconds(60),
                            Mono.fromRunnable(() -> fault(watcher.name() + " was not told the end")))
                    .block();
            watcher.stop();
            watcher.faults().forEach(this::fault);
            if (!watcher.ids().equals(expected)) {
                Set<String> missing = new LinkedHashSet<>(expected);
                watcher.ids().forEach(missing::remove);
                fault(watcher.name() + " has " + watcher.ids().size() + " events of " + expected.size() + "; missing "
                        + missing.size());
            }
        }
    }

    static void pause(Duration time) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
    }
}
