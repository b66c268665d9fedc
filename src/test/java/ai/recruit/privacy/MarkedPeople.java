package ai.recruit.privacy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * People who leave a word of their own, their mark, wherever a word about somebody can go: name, address, employer, text and
 * name of a file, note, tag, share, interview, consent, dispute, kept answers. Whoever looks for the mark finds all traces.
 */
public final class MarkedPeople {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz";

    private final JsonMapper json = new JsonMapper();
    private final WebClient http;
    private final Random random;
    private final Who recruiter;
    private final Who colleague;
    private final Who admin;

    /** An account: its id and a token. */
    public record Who(String id, String token) {}

    /**
     * Somebody who has been made.
     *
     * @param mark a word that stands nowhere else
     * @param phone digits that stand nowhere else
     * @param merged the id of another row that is the same person; empty for none
     * @param keys idempotency keys with what is sent with them to which path
     */
    public record Person(String mark, String phone, String candidate, String resume, String merged, List<Sent> keys) {

        /** What must be nowhere once the person is erased. */
        public List<String> marks() {
            return List.of(mark, phone);
        }
    }

    /** A request with an idempotency key. */
    public record Sent(String path, String key, Map<String, Object> body) {}

    public MarkedPeople(String url, long seed, Who recruiter, Who colleague, Who admin) {
        this.http = WebClient.builder()
                .baseUrl(url)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 << 20))
                .build();
        this.random = new Random(seed);
        this.recruiter = recruiter;
        this.colleague = colleague;
        this.admin = admin;
    }

    /** An open position that everybody fits. */
    public String position() {
        return call(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/positions",
                        Map.of("title", "Java Developer", "description", "Java, PostgreSQL, Kafka"),
                        null)
                .path("id")
                .asString();
    }

    private String word(int length) {
        StringBuilder word = new StringBuilder("zq");
        for (int i = 2; i < length; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    /** Makes one, with all that can be known of somebody. */
    public Person make(String position) {
        String mark = word(16);
        StringBuilder digits = new StringBuilder("79");
        for (int i = 0; i < 9; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        String phone = digits.toString();
        String name = mark.substring(0, 1).toUpperCase(Locale.ROOT) + mark.substring(1);
        List<Sent> keys = new ArrayList<>();
        Sent created = new Sent(
                "/api/v1/candidates",
                "create-" + mark,
                Map.of(
                        "first_name",
                        "Vera",
                        "last_name",
                        name,
                        "email",
                        mark + "@example.com",
                        "phone",
                        "+" + phone,
                        "title",
                        "Java Developer",
                        "summary",
                        "Worked at " + name + " Bank",
                        "skills",
                        List.of("Java", "PostgreSQL")));
        keys.add(created);
        String candidate = send(recruiter, created).path("id").asString();
        String resume = upload(candidate, name, mark, phone);
        await(resume);
        String twin = "";
        if (random.nextInt(3) == 0) {
            twin = call(
                            recruiter,
                            HttpMethod.POST,
                            "/api/v1/candidates",
                            Map.of(
                                    "first_name",
                                    "Veronika",
                                    "last_name",
                                    name,
                                    "email",
                                    "twin." + mark + "@example.com"),
                            null)
                    .path("id")
                    .asString();
            call(
                    recruiter,
                    HttpMethod.POST,
                    "/api/v1/candidates/" + candidate + "/merge",
                    Map.of("merged_id", twin),
                    null);
        }
        String inDatabase = "/api/resumes/candidates/" + candidate;
        Sent note = new Sent(
                inDatabase + "/notes", "note-" + mark, Map.of("content", "Spoke to " + mark, "is_private", true));
        keys.add(note);
        send(recruiter, note);
        call(recruiter, HttpMethod.POST, inDatabase + "/tags", Map.of("tags", List.of("tag-" + mark)), "tags-" + mark);
        call(recruiter, HttpMethod.PUT, inDatabase + "/status", Map.of("status", "phone_screen"), null);
        call(
                recruiter,
                HttpMethod.PATCH,
                "/api/v1/candidates/" + candidate,
                Map.of("status", "interview", "notes", mark + " is late", "location", mark + " city"),
                null);
        call(
                admin,
                HttpMethod.POST,
                "/api/resumes/admin/candidates/share",
                Map.of(
                        "candidate_ids",
                        List.of(candidate),
                        "recruiter_ids",
                        List.of(colleague.id()),
                        "can_view_contact_info",
                        true,
                        "can_download_resume",
                        true,
                        "reason",
                        "Because of " + mark,
                        "notes",
                        "For " + mark),
                "share-" + mark);
        call(
                colleague,
                HttpMethod.POST,
                inDatabase + "/notes",
                Map.of("content", mark + " seen by a colleague", "is_private", false),
                null);
        interview(candidate, position, mark);
        call(
                recruiter,
                HttpMethod.POST,
                "/api/v1/candidates/" + candidate + "/score",
                Map.of("position_id", position),
                null);
        call(
                recruiter,
                HttpMethod.POST,
                "/api/v1/candidates/" + candidate + "/consents",
                Map.of("purpose", "processing", "source", "email", "statement", mark + " agrees"),
                "consent-" + mark);
        return new Person(mark, phone, candidate, resume, twin, keys);
    }

    private void interview(String candidate, String position, String mark) {
        String interview = call(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/interviews/generate-questions",
                        Map.of(
                                "candidate_id",
                                candidate,
                                "position_id",
                                position,
                                "question_count",
                                3,
                                "difficulty_level",
                                "intermediate",
                                "focus_areas",
                                List.of("technical_skills")),
                        "interview-" + mark)
                .path("interview_id")
                .asString();
        call(
                recruiter,
                HttpMethod.POST,
                "/api/v1/interviews/" + interview + "/schedule",
                Map.of(
                        "scheduled_at",
                        Instant.now().plus(Duration.ofDays(3)).toString(),
                        "duration_minutes",
                        45,
                        "interviewers",
                        List.of(colleague.id()),
                        "location",
                        "Room " + mark),
                null);
        call(
                recruiter,
                HttpMethod.POST,
                "/api/v1/interviews/" + interview + "/complete",
                Map.of("outcome", "passed", "summary", mark + " did well"),
                null);
    }

    private String upload(String candidate, String name, String mark, String phone) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", new ByteArrayResource(text(name, mark, phone).getBytes(StandardCharsets.UTF_8)))
                .filename("resume-" + mark + ".txt");
        form.part("candidate_id", candidate);
        JsonNode taken = http.post()
                .uri("/api/resumes/upload")
                .headers(headers -> headers.setBearerAuth(recruiter.token()))
                .body(BodyInserters.fromMultipartData(form.build()))
                .retrieve()
                .bodyToMono(JsonNode.class)
                .block(PATIENCE);
        return Objects.requireNonNull(taken).path("resume_id").asString();
    }

    private static String text(String name, String mark, String phone) {
        return "Vera " + name + "\nJava Developer\n" + mark + "@example.com\n+" + phone
                + "\n\nSummary\nEngineer from the school of " + name
                + "\n\nExperience\n" + name + " Bank\nJava Developer\nJanuary 2018 - present\n"
                + "Wrote the " + mark
                + " ledger with Java, PostgreSQL and Kafka\n\nSkills\nJava, PostgreSQL, Kafka, Docker\n";
    }

    private void await(String resume) {
        for (int i = 0; i < 1_200; i++) {
            String status = call(recruiter, HttpMethod.GET, "/api/resumes/" + resume + "/status", null, null)
                    .path("status")
                    .asString();
            if (status.equals("completed")) {
                return;
            }
            if (status.equals("failed")) {
                throw new IllegalStateException("A resume was not read");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new IllegalStateException("A resume is not read in time");
    }

    /** Sends a request with a key as the recruiter. */
    public JsonNode send(Who who, Sent sent) {
        return call(who, HttpMethod.POST, sent.path(), sent.body(), sent.key());
    }

    /** The answer as text, whatever its status is. */
    public String answer(Who who, HttpMethod method, String path, Object body, String key, MediaType accept) {
        WebClient.RequestBodySpec request = http.method(method).uri(path).headers(headers -> {
            headers.setBearerAuth(who.token());
            headers.setAccept(List.of(accept));
            if (key != null) {
                headers.set("Idempotency-Key", key);
            }
            if (body != null) {
                headers.setContentType(MediaType.APPLICATION_JSON);
            }
        });
        return (body == null ? request : request.bodyValue(json.writeValueAsString(body)))
                .exchangeToMono(response -> response.bodyToMono(String.class)
                        .defaultIfEmpty("")
                        .map(text -> response.statusCode().value() + " " + text))
                .block(PATIENCE);
    }

    /** The answer of a request that succeeds. */
    public JsonNode call(Who who, HttpMethod method, String path, Object body, String key) {
        String answer = answer(who, method, path, body, key, MediaType.APPLICATION_JSON);
        if (!answer.startsWith("2")) {
            throw new IllegalStateException(method + " " + path + ": " + answer);
        }
        String text = answer.substring(4);
        return text.isBlank() ? json.missingNode() : json.readTree(text);
    }

    /** Erases somebody; gives the id of the erasure. */
    public String erase(Person person) {
        return call(recruiter, HttpMethod.DELETE, "/api/v1/candidates/" + person.candidate(), null, null)
                .path("id")
                .asString();
    }

    /** Waits until an erasure is completed; gives the erasure. */
    public JsonNode awaitErased(String erasure) {
        for (int i = 0; i < 1_200; i++) {
            JsonNode now = call(recruiter, HttpMethod.GET, "/api/v1/erasures/" + erasure, null, null);
            if (now.path("state").asString().equals("completed")) {
                return now;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new IllegalStateException("An erasure is not completed in time: "
                + call(recruiter, HttpMethod.GET, "/api/v1/erasures/" + erasure, null, null));
    }

    /** All events since the beginning of the log that an account sees, until the stream has nothing for a while. */
    public String events(Who who, String since) {
        return http.get()
                .uri("/api/events?since=" + since)
                .headers(headers -> {
                    headers.setBearerAuth(who.token());
                    headers.set(HttpHeaders.ACCEPT, MediaType.TEXT_EVENT_STREAM_VALUE);
                })
                .retrieve()
                .bodyToFlux(String.class)
                .timeout(Duration.ofSeconds(3), Mono.empty())
                .take(Duration.ofSeconds(60))
                .collectList()
                .map(List::toString)
                .block(PATIENCE);
    }

    /** Which of these words a text holds, whatever their case. */
    public static Map<String, Boolean> found(String text, List<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        Map<String, Boolean> found = new LinkedHashMap<>();
        words.forEach(word -> found.put(word, lower.contains(word)));
        return found;
    }
}
