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
     * @param project another such word, which is no part of the name: what is masked leaves it in
     * @param phone digits that stand nowhere else
     * @param merged the id of another row that is the same person; empty for none
     * @param keys idempotency keys with what is sent with them to which path
     * @param stray a resume that nobody could read and nobody has named a candidate for; empty for none
     * @param other somebody else, who was merged with the person by mistake and is apart again; empty for none
     */
    public record Person(
            String mark,
            String project,
            String phone,
            String candidate,
            String resume,
            String merged,
            List<Sent> keys,
            String stray,
            String other) {

        /** What must be nowhere once the person is erased. */
        public List<String> marks() {
            return List.of(mark, project, phone);
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
        String project = word(15);
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
        String resume = upload(
                candidate,
                "resume-" + mark + ".txt",
                text(name, mark, project, phone).getBytes(StandardCharsets.UTF_8));
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
                                    "twin." + mark + "@example.com",
                                    // Nobody is there.
                                    "resume_url",
                                    "https://" + mark + ".invalid/" + mark + ".pdf"),
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
        interviewed(candidate, position, mark);
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
        return new Person(mark, project, phone, candidate, resume, twin, List.copyOf(keys), "", "");
    }

    private void interviewed(String candidate, String position, String mark) {
        String interview = interview(candidate, position, "interview-" + mark);
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

    /** Makes one who has left marks in all other places too, through an account of their own as well. */
    public Person everywhere(String position, Who they) {
        Person person = make(position);
        String mark = person.mark();
        String candidate = person.candidate();
        String one = "/api/v1/candidates/" + candidate;
        List<Sent> keys = new ArrayList<>(person.keys());
        String stray = files(person);
        table(person);
        Sent wished = new Sent(
                one + "/score", "score-" + mark, Map.of("criteria", Map.of("required_skills", List.of("Java", mark))));
        keys.add(wished);
        send(recruiter, wished);
        call(
                recruiter,
                HttpMethod.PUT,
                one + "/wishes",
                Map.of("preferred_locations", List.of(mark + " wished"), "min_salary", 1000, "currency", "EUR"),
                null);
        call(
                colleague,
                HttpMethod.POST,
                "/api/resumes/candidates/" + candidate + "/tags",
                Map.of("tags", List.of("of " + mark)),
                null);
        call(recruiter, HttpMethod.PUT, one + "/legal-hold", Map.of("reason", "Case of " + mark), "hold-" + mark);
        call(recruiter, HttpMethod.DELETE, one + "/legal-hold", null, null);
        judged(candidate, position, mark);
        byThemselves(person, they);
        call(
                recruiter,
                HttpMethod.POST,
                "/api/matching/candidates/" + candidate + "/rematch",
                Map.of("force", true),
                null);
        for (String read : List.of(
                one + "/personal-data",
                "/api/resumes/candidates?search=" + mark,
                "/api/v1/candidates?search=" + mark,
                "/api/resumes/candidates/" + candidate,
                "/api/resumes/" + person.resume() + "/data",
                "/api/matching/candidates/" + candidate + "/ranking")) {
            call(recruiter, HttpMethod.GET, read, null, null);
        }
        // What fails is told, kept and written into logs as well.
        answer(recruiter, HttpMethod.GET, "/api/v1/candidates/" + mark, null, null, MediaType.APPLICATION_JSON);
        answer(
                recruiter,
                HttpMethod.PATCH,
                one,
                Map.of("email", mark + " at example", "status", mark),
                "refused-" + mark,
                MediaType.APPLICATION_JSON);
        return new Person(
                mark,
                person.project(),
                person.phone(),
                candidate,
                person.resume(),
                person.merged(),
                List.copyOf(keys),
                stray,
                mistake(candidate, mark));
    }

    /** Merges the person with somebody else by mistake, and takes it back; gives who that is. */
    private String mistake(String candidate, String mark) {
        String other = call(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/candidates",
                        Map.of(
                                "first_name",
                                "Olga",
                                "last_name",
                                "Other",
                                "email",
                                "olga." + Long.toHexString(random.nextLong()) + "@example.com"),
                        null)
                .path("id")
                .asString();
        String merge = call(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/candidates/" + other + "/merge",
                        Map.of("merged_id", candidate, "choices", Map.of("name", "merged", "email", "merged")),
                        "mistake-" + mark)
                .path("merge_id")
                .asString();
        call(recruiter, HttpMethod.POST, "/api/v1/candidates/merges/" + merge + "/undo", Map.of(), null);
        return other;
    }

    /** Files of all fates: in a batch, twice, refused at the door, unreadable for somebody, unreadable for nobody. */
    private String files(Person person) {
        String mark = person.mark();
        String name = mark.substring(0, 1).toUpperCase(Locale.ROOT) + mark.substring(1);
        byte[] text = (text(name, mark, person.project(), person.phone()) + "\nLanguages\nEnglish\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 0};
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("files", new ByteArrayResource(text)).filename("bulk-" + mark + ".txt");
        form.part("files", new ByteArrayResource(text)).filename("again-" + mark + ".txt");
        form.part("files", new ByteArrayResource(image)).filename("portrait-" + mark + ".png");
        JsonNode batch = sent("/api/resumes/bulk-upload", form, "bulk-" + mark);
        String id = batch.path("batch_id").asString();
        for (int i = 0; i < 1_200; i++) {
            JsonNode now = call(recruiter, HttpMethod.GET, "/api/resumes/batches/" + id, null, null);
            if (now.path("status").asString().equals("completed")) {
                break;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        failed(upload(person.candidate(), "scan-" + mark + ".pdf", broken(mark, 1)));
        String stray = upload(null, "photo-" + mark + ".pdf", broken(mark, 2));
        failed(stray);
        return stray;
    }

    private static byte[] broken(String mark, int number) {
        return ("%PDF-1.4\n% " + mark + " " + number + "\nthis is no document\n%%EOF\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Rows of a table: one who is there already, and one with mistakes. */
    private void table(Person person) {
        String rows = "first_name,last_name,email,title\nVera,Row," + person.mark() + "@example.com,Java Developer\n"
                + "Vera," + person.mark() + ",no address " + person.mark() + ",\n";
        JsonNode read = Objects.requireNonNull(http.post()
                .uri("/api/v1/candidates/import")
                .headers(headers -> {
                    headers.setBearerAuth(recruiter.token());
                    headers.set("Idempotency-Key", "import-" + person.mark());
                })
                .contentType(MediaType.parseMediaType("text/csv"))
                .bodyValue(rows)
                .retrieve()
                .bodyToMono(JsonNode.class)
                .block(PATIENCE));
        if (read.path("existing").asInt() != 1 || read.path("rejected").asInt() != 1) {
            throw new IllegalStateException("An import: " + read);
        }
    }

    /** An interview with a scorecard, and one that is called off. */
    private void judged(String candidate, String position, String mark) {
        String interview = interview(candidate, position, "judged-" + mark);
        call(
                recruiter,
                HttpMethod.POST,
                "/api/v1/interviews/" + interview + "/schedule",
                Map.of(
                        "scheduled_at",
                        Instant.now().plus(Duration.ofDays(4)).toString(),
                        "duration_minutes",
                        30,
                        "interviewers",
                        List.of(colleague.id())),
                null);
        call(
                colleague,
                HttpMethod.PUT,
                "/api/v1/interviews/" + interview + "/scorecards/mine",
                Map.of(
                        "ratings",
                        List.of(Map.of("criterion", "As " + mark, "score", 4, "comment", mark + " named trade-offs")),
                        "recommendation",
                        "yes",
                        "summary",
                        "I would work with " + mark,
                        "status",
                        "submitted"),
                null);
        String off = interview(candidate, position, "off-" + mark);
        call(
                recruiter,
                HttpMethod.POST,
                "/api/v1/interviews/" + off + "/cancel",
                Map.of("reason", mark + " is ill"),
                null);
    }

    private String interview(String candidate, String position, String key) {
        return call(
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
                        key)
                .path("interview_id")
                .asString();
    }

    /** What people say of themselves. */
    private void byThemselves(Person person, Who they) {
        String mark = person.mark();
        String code = call(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/candidates/" + person.candidate() + "/invitation",
                        Map.of(),
                        null)
                .path("code")
                .asString();
        call(they, HttpMethod.POST, "/api/v1/self/profiles", Map.of("code", code), null);
        String profile = "/api/v1/self/profiles/" + person.candidate();
        call(they, HttpMethod.PATCH, profile, Map.of("summary", "In truth " + mark), "right-" + mark);
        call(
                they,
                HttpMethod.POST,
                profile + "/consents",
                Map.of("purpose", "contact", "statement", mark + " may be called"),
                null);
        String dispute = call(
                        they,
                        HttpMethod.POST,
                        profile + "/disputes",
                        Map.of("about", "other", "reference", "of " + mark, "statement", mark + " never said so"),
                        "dispute-" + mark)
                .path("id")
                .asString();
        call(
                recruiter,
                HttpMethod.POST,
                "/api/v1/disputes/" + dispute + "/answer",
                Map.of("decision", "accepted", "answer", mark + " is right"),
                "answer-" + mark);
        call(
                they,
                HttpMethod.PUT,
                "/api/v1/matching/profile",
                Map.of("skills", List.of("Java", mark), "preferred_locations", List.of(mark + " home")),
                null);
        call(they, HttpMethod.GET, profile, null, null);
    }

    /** Gives somebody an account that is named by a number alone: a login belongs to whoever logs in, and stays. */
    public Who account(int number) {
        String email = "person-" + number + "@erasure.example";
        String password = "erasure-password-2";
        call(
                admin,
                HttpMethod.POST,
                "/api/v1/accounts",
                Map.of("email", email, "password", password, "role", "candidate", "first_name", "P", "last_name", "D"),
                null);
        String token = Objects.requireNonNull(http.post()
                        .uri("/api/v1/auth/login")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(json.writeValueAsString(Map.of("email", email, "password", password)))
                        .retrieve()
                        .bodyToMono(JsonNode.class)
                        .block(PATIENCE))
                .path("access_token")
                .asString();
        return new Who("", token);
    }

    private String upload(String candidate, String filename, byte[] content) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", new ByteArrayResource(content)).filename(filename);
        if (candidate != null) {
            form.part("candidate_id", candidate);
        }
        return sent("/api/resumes/upload", form, null).path("resume_id").asString();
    }

    private JsonNode sent(String path, MultipartBodyBuilder form, String key) {
        return Objects.requireNonNull(http.post()
                .uri(path)
                .headers(headers -> {
                    headers.setBearerAuth(recruiter.token());
                    if (key != null) {
                        headers.set("Idempotency-Key", key);
                    }
                })
                .body(BodyInserters.fromMultipartData(form.build()))
                .retrieve()
                .bodyToMono(JsonNode.class)
                .block(PATIENCE));
    }

    private static String text(String name, String mark, String project, String phone) {
        return "Vera " + name + "\nJava Developer\n" + mark + "@example.com\n+" + phone
                + "\n\nSummary\nEngineer from the school of " + name
                + "\n\nExperience\n" + name + " Bank\nJava Developer\nJanuary 2018 - present\n"
                + "Wrote the " + mark + " ledger and led the " + project
                + " project with Java, PostgreSQL and Kafka\n\nSkills\nJava, PostgreSQL, Kafka, Docker\n";
    }

    private void await(String resume) {
        if (!end(resume).equals("completed")) {
            throw new IllegalStateException("A resume was not read");
        }
    }

    private void failed(String resume) {
        if (!end(resume).equals("failed")) {
            throw new IllegalStateException("A resume was read that is none");
        }
    }

    private String end(String resume) {
        for (int i = 0; i < 1_200; i++) {
            String status = call(recruiter, HttpMethod.GET, "/api/resumes/" + resume + "/status", null, null)
                    .path("status")
                    .asString();
            if (status.equals("completed") || status.equals("failed")) {
                return status;
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

    /** Erases somebody, and the file that nobody could know to be theirs; gives the id of the person's erasure. */
    public String erase(Person person) {
        if (!person.stray().isEmpty()) {
            call(recruiter, HttpMethod.DELETE, "/api/resumes/" + person.stray(), null, null);
        }
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
