package ai.recruit.matrix;

import ai.recruit.access.TestAccounts;
import ai.recruit.access.TestAccounts.TestAccount;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;

/**
 * One recruiter's rows, one of each kind, which everybody else tries to reach. A placeholder whose name begins with
 * {@code new_} stands for a row that is made for the request alone, because the request may use it up.
 */
final class Fixtures {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern EXAMPLE_ID = Pattern.compile("\\b([a-z]+)_0192f0c1[0-9a-f]{24}\\b");

    /** What an id in the description's examples stands for. */
    private static final Map<String, String> KINDS = Map.of(
            "cand", "candidate",
            "pos", "position",
            "job", "job",
            "usr", "owner");

    /** What nobody may read who has not been told how to reach the person. */
    final String mark = "m" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    final String phone = "+99655" + String.format("%07d", (int) (Math.random() * 10_000_000));
    final String secretNote = "between us " + UUID.randomUUID();
    final String opinion = "an opinion " + UUID.randomUUID();

    final TestAccount owner;
    final TestAccount admin;
    /** The candidate in person. */
    final TestAccount linked;

    final TestAccount interviewer;
    final Map<String, TestAccount> sharing = new HashMap<>();

    private final Http http;
    private final TestAccounts accounts;
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Map<String, Mono<Map<String, String>>> once = new ConcurrentHashMap<>();
    private final HttpServer files;

    Fixtures(Http http, TestAccounts accounts) {
        this.http = http;
        this.accounts = accounts;
        this.owner = accounts.recruiter();
        this.admin = accounts.admin();
        this.linked = accounts.candidate();
        this.interviewer = accounts.recruiter();
        List.of("none", "contact", "download", "submit").forEach(name -> sharing.put(name, accounts.recruiter()));
        try {
            // The address that the tests' configuration lets the service fetch from.
            files = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.createContext("/", exchange -> {
            byte[] body = document();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        files.start();
        fill();
    }

    void close() {
        files.stop(0);
    }

    String value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** A resume that is like no other, of the candidate with the marks. */
    private byte[] resume() {
        return resume("Anna Testova", "anna." + mark + "@example.com", phone);
    }

    /** A resume that is like no other, of somebody new. */
    byte[] document() {
        return resume("Ivan Primerov", "ivan-" + UUID.randomUUID() + "@example.com", "+996555123456");
    }

    /** What a request sends as a file of that name. */
    byte[] file(String name) {
        return name.endsWith(".csv") ? table() : document();
    }

    private static byte[] table() {
        return ("first_name,last_name,email\r\nJane,Roe,jane-" + UUID.randomUUID() + "@example.com\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resume(String name, String mail, String phone) {
        return (name + "\nSoftware Engineer\nhttps://example.com/" + UUID.randomUUID() + "\nEmail: " + mail
                        + "\nPhone: " + phone
                        + "\n\nExperience\nSoftware Engineer, Example Corp\nJanuary 2018 - December 2023\n"
                        + "Built services with Java, Python, PostgreSQL and Kafka.\n\nEducation\n"
                        + "Bachelor of Computer Science, Example University, 2017\n\nSkills\nJava, Python, PostgreSQL, Kafka\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void fill() {
        values.put("owner", owner.publicId());
        values.put("account", accounts.recruiter().publicId());
        values.put("recruiter", accounts.recruiter().publicId());
        values.put("email", owner.email());
        values.put("password", owner.password());
        values.put("resume_url", "http://127.0.0.2:" + files.getAddress().getPort() + "/anna-testova.txt");
        keep("position", position());
        values.put("job", value("position").replace("pos_", "job_"));
        keep("candidate", candidate("Anna", "Testova", "anna." + mark, true));
        String candidate = value("candidate");
        keep("resume", upload("{\"file\":\"@a.txt\",\"candidate_id\":\"" + candidate + "\"}", resume()));
        keep(
                "batch",
                post(owner, "/api/resumes/bulk-upload", "{\"files\":[\"@a.txt\"]}", resume())
                        .map(body -> body.path("batch_id").asString()));
        keep("failed_resume", failed());
        keep("merged", candidate("Ivan", "Primerov", "ivan." + mark, false));
        keep("merge", merge(candidate, value("merged")));
        keep("move", move(candidate));
        keep("note", note("Calls back on Monday", false));
        keep("secret_note", note(secretNote, true));
        keep("tag", tag("Senior"));
        keep("interview", interview());
        keep("scheduled_interview", scheduled());
        keep("card", card(owner, opinion).then(card(interviewer, "Solid")));
        keep("link", link(linked, candidate));
        keep(
                "import",
                post(owner, "/api/v1/candidates/import", "{\"file\":\"@candidates.csv\"}", table())
                        .map(body -> body.path("id").asString()));
        keep(
                "consent",
                call(owner, "POST", "/api/v1/candidates/" + candidate + "/consents", Map.of("purpose", "sharing"))
                        .map(body -> body.path("id").asString()));
        keep("erasure", erasure());
        keep("key", key());
        keep(
                "task",
                call(owner, "POST", "/api/matching/candidates/" + candidate + "/rematch", Map.of("force", true))
                        .map(body -> body.path("task_id").asString()));
        keep("match", match(candidate));
        keep(
                "profile",
                call(owner, "PUT", "/api/v1/matching/profile", Map.of("skills", List.of("Java")))
                        .thenReturn(""));
        keep("twin", candidate("Anna", "Testova", "anna." + mark, false));
        keep("duplicate", duplicate(candidate));
        keep("share", share(candidate));
    }

    private void keep(String name, Mono<String> value) {
        values.put(name, Objects.requireNonNull(value.block(PATIENCE), name));
    }

    // What a request needs

    /** The texts with their placeholders filled; rows of the request's own are made when {@code fresh}. */
    Mono<List<String>> filled(List<String> templates, boolean fresh) {
        List<String> news = templates.stream()
                .flatMap(text -> PLACEHOLDER.matcher(text).results().map(found -> found.group(1)))
                .filter(name -> name.startsWith("new_"))
                .distinct()
                .toList();
        return Flux.fromIterable(news)
                .concatMap(name -> fresh
                        ? made(name)
                        : once.computeIfAbsent(name, any -> made(name).cache()))
                .collect(HashMap<String, String>::new, Map::putAll)
                .map(made -> templates.stream().map(text -> filled(text, made)).toList());
    }

    private String filled(String template, Map<String, String> made) {
        String named = PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        made.containsKey(found.group(1)) ? made.get(found.group(1)) : value(found.group(1))));
        return EXAMPLE_ID
                .matcher(named)
                .replaceAll(
                        found -> KINDS.containsKey(found.group(1)) ? value(KINDS.get(found.group(1))) : found.group());
    }

    private Mono<Map<String, String>> made(String name) {
        Function<String, Map<String, String>> one = value -> Map.of(name, value);
        return switch (name) {
            case "new_email" -> Mono.fromSupplier(() -> one.apply("new-" + UUID.randomUUID() + "@example.com"));
            case "new_external_id" ->
                Mono.fromSupplier(() -> one.apply(UUID.randomUUID().toString()));
            case "new_refresh_token" ->
                Mono.fromCallable(() -> one.apply(accounts.again(owner).refreshToken()))
                        .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic());
            case "new_login" ->
                Mono.fromCallable(() -> one.apply(accounts.recruiter().email()))
                        .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic());
            case "new_candidate" ->
                candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), false)
                        .map(one);
            case "new_self" ->
                candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), false)
                        .flatMap(id -> link(linked, id))
                        .map(one);
            case "new_match" ->
                candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), true)
                        .flatMap(this::match)
                        .map(one);
            case "new_note" -> note("Calls back on Monday", false).map(one);
            case "new_tag" -> tag("T" + UUID.randomUUID()).map(one);
            case "new_share" ->
                candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), false)
                        .flatMap(this::share)
                        .map(one);
            case "new_key" -> key().map(one);
            case "new_dispute" ->
                Mono.defer(this::dispute)
                        .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())
                        .map(one);
            case "new_consent" ->
                call(
                                owner,
                                "POST",
                                "/api/v1/candidates/" + value("candidate") + "/consents",
                                Map.of("purpose", "contact"))
                        .map(body -> one.apply(body.path("id").asString()));
            case "new_failed_resume" -> failed().map(one);
            case "new_position" -> position().map(one);
            case "new_interview" -> interview().map(one);
            case "new_scheduled_interview" -> scheduled().map(one);
            case "new_merge" ->
                candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), false)
                        .flatMap(id -> share(id)
                                .then(candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), false))
                                .flatMap(other -> merge(id, other)))
                        .map(one);
            case "new_move" ->
                candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), false)
                        .flatMap(id -> share(id).then(move(id)).map(move -> Map.of(name, move, "moved_candidate", id)));
            case "new_duplicate" -> {
                String mail = "twin-" + UUID.randomUUID();
                yield candidate("Ivan", "Primerov", mail, false)
                        .flatMap(id -> share(id)
                                .then(candidate("Ivan", "Primerov", mail, false))
                                .flatMap(twin -> share(twin).then(duplicate(id))))
                        .map(one);
            }
            default -> Mono.error(new IllegalArgumentException("Fixtures know no {" + name + "}"));
        };
    }

    /** What is not there, of the same kind and just as long. */
    static String absent(String value) {
        Matcher id = Pattern.compile("([a-z]+_)[0-9a-f]{32}").matcher(value);
        return id.matches() ? id.group(1) + "0".repeat(32) : value.replaceAll("[0-9a-f]", "0");
    }

    // Rows

    private Mono<String> position() {
        return call(
                        owner,
                        "POST",
                        "/api/v1/positions",
                        Map.of(
                                "title", "Python Developer",
                                "company", "Example Works",
                                "location", "Berlin",
                                "description", "At least 3 years of experience. Bachelor's degree.",
                                "skills", List.of("Python", "PostgreSQL", "Rust")))
                .map(body -> body.path("id").asString());
    }

    private Mono<String> candidate(String first, String last, String mail, boolean applies) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "first_name",
                first,
                "last_name",
                last,
                "email",
                mail + "@example.com",
                "source",
                "linkedin",
                "skills",
                List.of("Java", "Python", "PostgreSQL")));
        if (first.equals("Anna")) {
            body.put("phone", phone);
        }
        if (applies) {
            body.put("position_id", value("position"));
        }
        return call(owner, "POST", "/api/v1/candidates", body)
                .map(answer -> answer.path("id").asString());
    }

    private Mono<String> upload(String parts, byte[] file) {
        return post(owner, "/api/resumes/upload", parts, file)
                .map(body -> body.path("resume_id").asString())
                .delayUntil(id -> until(
                        "/api/resumes/" + id + "/status",
                        body -> body.path("status").asString().matches("completed|failed")));
    }

    /** A resume that nothing can be read out of, and unlike every other: equal files are one resume. */
    private Mono<String> failed() {
        String unlike = Long.toBinaryString(UUID.randomUUID().getMostSignificantBits())
                .replace('0', '.')
                .replace('1', '-');
        return upload(
                "{\"file\":\"@a.txt\"}", ("Nothing of a resume " + unlike + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Mono<String> merge(String survivor, String other) {
        return call(owner, "POST", "/api/v1/candidates/" + survivor + "/merge", Map.of("merged_id", other))
                .map(body -> body.path("merge_id").asString());
    }

    private Mono<String> move(String candidate) {
        return call(owner, "PATCH", "/api/v1/candidates/" + candidate, Map.of("status", "phone_screen"))
                .then(call(owner, "GET", "/api/v1/candidates/" + candidate + "/status-changes", null))
                .map(body -> body.path("data").path(0).path("id").asString());
    }

    private String notes() {
        return "/api/resumes/candidates/" + value("candidate") + "/notes";
    }

    private Mono<String> tag(String tag) {
        return call(
                        owner,
                        "POST",
                        "/api/resumes/candidates/" + value("candidate") + "/tags",
                        Map.of("tags", List.of(tag)))
                .thenReturn(tag);
    }

    private Mono<String> note(String content, boolean secret) {
        return call(owner, "POST", notes(), Map.of("content", content, "is_private", secret))
                .map(body -> body.path("id").asString());
    }

    private Mono<String> interview() {
        return call(
                        owner,
                        "POST",
                        "/api/v1/interviews/generate-questions",
                        Map.of(
                                "candidate_id",
                                value("candidate"),
                                "position_id",
                                value("position"),
                                "question_count",
                                2))
                .map(body -> body.path("interview_id").asString());
    }

    private Mono<String> scheduled() {
        return interview()
                .delayUntil(id -> call(
                        owner,
                        "POST",
                        "/api/v1/interviews/" + id + "/schedule",
                        Map.of(
                                "scheduled_at",
                                "2028-02-01T15:00:00+06:00",
                                "duration_minutes",
                                60,
                                "interviewers",
                                List.of(owner.publicId(), interviewer.publicId()))));
    }

    private Mono<String> card(TestAccount account, String summary) {
        return call(
                        account,
                        "PUT",
                        "/api/v1/interviews/" + value("scheduled_interview") + "/scorecards/mine",
                        Map.of("summary", summary, "status", "draft"))
                .thenReturn("");
    }

    /** Links a candidate with the account of the person that it is. */
    private Mono<String> link(TestAccount person, String candidate) {
        return call(owner, "POST", "/api/v1/candidates/" + candidate + "/invitation", null)
                .flatMap(code -> call(
                        person,
                        "POST",
                        "/api/v1/self/profiles",
                        Map.of("code", code.path("code").asString())))
                .thenReturn(candidate);
    }

    /** Somebody who has been erased. */
    private Mono<String> erasure() {
        return candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), false)
                .flatMap(id -> call(owner, "DELETE", "/api/v1/candidates/" + id, null))
                .map(body -> body.path("id").asString())
                .delayUntil(id -> until(
                        "/api/v1/erasures/" + id,
                        body -> !body.path("completed_at").isNull()));
    }

    /** What somebody says is wrong who has been invited to see their own profile. */
    private Mono<String> dispute() {
        TestAccount person = accounts.candidate();
        return candidate("Ivan", "Primerov", "ivan-" + UUID.randomUUID(), false)
                .flatMap(id -> link(person, id)
                        .then(call(
                                person,
                                "POST",
                                "/api/v1/self/profiles/" + id + "/disputes",
                                Map.of("about", "other", "statement", "Not so"))))
                .map(body -> body.path("id").asString());
    }

    private Mono<String> key() {
        return call(admin, "POST", "/api/v1/api-keys", Map.of("name", "Matrix", "scopes", List.of("jobs:read")))
                .map(body -> body.path("id").asString());
    }

    private Mono<String> match(String candidate) {
        return until(
                        "/api/matching/candidates/" + candidate + "/matches",
                        body -> !body.path("data").isEmpty())
                .map(body -> body.path("data").path(0).path("match_id").asString());
    }

    private Mono<String> duplicate(String candidate) {
        return until(
                        "/api/v1/candidates/" + candidate + "/duplicates",
                        body -> !body.path("data").isEmpty())
                .map(body -> body.path("data").path(0).path("id").asString());
    }

    /** Shares a candidate with each of the four, each of whom has one permission or none; gives the id of one share. */
    private Mono<String> share(String candidate) {
        return Flux.fromIterable(sharing.entrySet())
                .concatMap(one -> call(
                        admin,
                        "POST",
                        "/api/resumes/admin/candidates/share",
                        Map.of(
                                "candidate_ids",
                                List.of(candidate),
                                "recruiter_ids",
                                List.of(one.getValue().publicId()),
                                "can_view_contact_info",
                                one.getKey().equals("contact"),
                                "can_download_resume",
                                one.getKey().equals("download"),
                                "can_submit_to_jobs",
                                one.getKey().equals("submit"))))
                .map(body -> body.path("shares").path(0).path("id").asString())
                .collect(Collectors.toList())
                .map(ids -> ids.get(0));
    }

    private Mono<JsonNode> until(String path, Predicate<JsonNode> enough) {
        return Mono.defer(() -> call(owner, "GET", path, null))
                .filter(enough)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Not yet: " + path)))
                .retryWhen(Retry.fixedDelay(300, Duration.ofMillis(100))
                        .filter(failure -> failure instanceof IllegalStateException));
    }

    private Mono<JsonNode> post(TestAccount account, String path, String parts, byte[] file) {
        Http.Request form = Http.form("POST", path, Http.JSON.readTree(parts), name -> file);
        return http.send(form.with("Authorization", "Bearer " + account.token()))
                .map(Http.Answer::ok);
    }

    Mono<JsonNode> call(TestAccount account, String method, String path, Object body) {
        Http.Request request =
                body == null ? Http.of(method, path) : Http.json(method, path, Http.JSON.writeValueAsString(body));
        return http.send(request.with("Authorization", "Bearer " + account.token()))
                .map(Http.Answer::ok);
    }
}
