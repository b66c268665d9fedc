package ai.recruit.resume;

import static ai.recruit.resume.ResumeClient.error;
import static ai.recruit.resume.ResumeClient.form;
import static ai.recruit.resume.ResumeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.events.Events;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.HostileFiles;
import ai.recruit.parsing.SampleResumes;
import ai.recruit.parsing.SampleResumes.Person;
import ai.recruit.resume.ResumeClient.Upload;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class ParseTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicInteger SEED = new AtomicInteger(40_000);

    /** The tests allow fetching from this address of the loopback network, and from no other. */
    private static final String ALLOWED = "127.0.0.2";

    private static final int ENDLESS = 20_000;
    private static final byte[] LINES =
            "A line of a resume that has no end.\n".repeat(1_800).getBytes(StandardCharsets.US_ASCII);

    @Autowired
    private ResumeIntake intake;

    @Autowired
    private Resumes resumes;

    @Autowired
    private Events events;

    @Autowired
    private ResumeProperties properties;

    private final Person person = SampleResumes.person(SEED.incrementAndGet());
    private final byte[] document = SampleResumes.write(person, DocumentType.DOCX);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private ResumeClient recruiter;
    private DisposableServer files;
    private DisposableServer inner;

    @BeforeEach
    void start() {
        recruiter = new ResumeClient(http, accounts.recruiter());
        inner = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    asked.incrementAndGet();
                    return response.sendByteArray(Mono.just(document));
                })
                .bindNow(PATIENCE);
        files = HttpServer.create()
                .host(ALLOWED)
                .port(0)
                .route(routes -> routes.get(
                                "/people/my%20cv.docx",
                                (request, response) -> response.sendByteArray(Mono.just(document)))
                        .get("/moved", (request, response) -> response.sendRedirect("/people/my%20cv.docx"))
                        .get("/circle", (request, response) -> response.sendRedirect("/circle"))
                        .get(
                                "/inwards",
                                (request, response) -> response.sendRedirect("http://127.0.0.1:" + inner.port() + "/"))
                        .get(
                                "/gone",
                                (request, response) -> response.status(404).send())
                        .get("/page", (request, response) -> response.sendByteArray(Mono.just(new byte[] {1, 2, 3, 4})))
                        .get(
                                "/endless",
                                (request, response) -> response.send(Flux.range(0, ENDLESS)
                                        .doOnNext(i -> sent.incrementAndGet())
                                        .map(i -> Unpooled.wrappedBuffer(LINES)))))
                .bindNow(PATIENCE);
    }

    @AfterEach
    void stop() {
        files.disposeNow();
        inner.disposeNow();
    }

    private String at(String path) {
        return "http://" + ALLOWED + ":" + files.port() + path;
    }

    private WebTestClient.ResponseSpec fetch(Map<String, ?> request) {
        return http.post()
                .uri("/api/v1/resume/parse")
                .headers(recruiter.account()::authorize)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(request)
                .exchange();
    }

    private WebTestClient.ResponseSpec fetch(String url) {
        return fetch(Map.of("resume_url", url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/resumes/parse", "/v1/resumes/parse"})
    void answersWhatWasReadOutOfAnUpload(String path) {
        JsonNode answer = json(recruiter.post(path, form("resume", new Upload("cv.docx", document))));
        assertThat(answer.path("resume_id").asString()).startsWith("res_");
        assertThat(answer.path("status").asString()).isEqualTo("completed");
        JsonNode data = answer.path("parsed_data");
        assertThat(data.at("/personal_info/name").asString()).isEqualTo(person.name());
        assertThat(data.at("/personal_info/email").asString()).isEqualTo(person.email());
        assertThat(data.path("experience")).isNotEmpty();
        assertThat(data.at("/experience/0").propertyNames())
                .contains("company", "position", "duration", "description", "start_date", "end_date");
        assertThat(data.at("/education/0").propertyNames())
                .contains("institution", "degree", "field", "graduation_year");
        assertThat(data.path("skills")).isNotEmpty();
        assertThat(data.path("certifications").isArray()).isTrue();
        assertThat(data.path("languages").isArray()).isTrue();
        assertThat(answer.path("parsing_confidence").asDouble()).isBetween(0.0, 1.0);
        assertThat(answer.path("created_at").asString()).endsWith("Z");

        String candidate = "/api/v1/candidates/" + answer.path("candidate_id").asString();
        assertThat(recruiter.getJson(candidate).path("email").asString()).isEqualTo(person.email());

        JsonNode again = json(recruiter.post(path, form("file", new Upload("cv.docx", document))));
        assertThat(again).isEqualTo(answer);
    }

    @Test
    void linksTheUploadToTheCandidateWhoIsNamed() {
        JsonNode first = json(recruiter.post("/api/v1/resumes/parse", form("file", new Upload("a.docx", document))));
        String candidate = first.path("candidate_id").asString();
        byte[] other = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        MultipartBodyBuilder form = form("file", new Upload("b.txt", other));
        form.part("candidate_id", candidate);
        assertThat(json(recruiter.post("/api/v1/resumes/parse", form))
                        .path("candidate_id")
                        .asString())
                .isEqualTo(candidate);

        ResumeClient stranger = new ResumeClient(http, accounts.recruiter());
        MultipartBodyBuilder foreign = form("file", new Upload("b.txt", other));
        foreign.part("candidate_id", candidate);
        assertThat(error(stranger.post("/api/v1/resumes/parse", foreign), 404)).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void saysWhyAnUploadGivesNothing() {
        byte[] body = recruiter
                .post(
                        "/api/v1/resumes/parse",
                        form("cv", new Upload("cv.pdf", HostileFiles.encrypted("secret", 128, false))))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .returnResult()
                .getResponseBody();
        JsonNode problem = ResumeClient.JSON.readTree(body);
        assertThat(problem.at("/error/code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.at("/error/details/0/field").asString()).isEqualTo("file");
        assertThat(problem.at("/error/details/0/message").asString()).startsWith("encrypted: ");
        assertThat(error(
                        recruiter.post("/api/v1/resumes/parse", form("cv", new Upload("cv.exe", new byte[] {1, 2}))),
                        400))
                .isEqualTo("UNSUPPORTED_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/people/my%20cv.docx", "/moved"})
    void fetchesFromAnAddress(String path) {
        JsonNode answer = json(fetch(at(path)));
        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.at("/data/parsed").asBoolean()).isTrue();
        JsonNode data = answer.at("/data/extracted_data");
        assertThat(data.path("full_name").asString()).isEqualTo(person.name());
        assertThat(data.path("email").asString()).isEqualTo(person.email());
        assertThat(data.propertyNames())
                .contains("phone", "location", "work_experience", "education", "skills", "summary");
        assertThat(answer.at("/data/parsing_confidence").asDouble()).isBetween(0.0, 1.0);
        assertThat(answer.at("/data/parsed_at").asString()).endsWith("Z");
        JsonNode status =
                recruiter.getJson("/api/resumes/" + answer.at("/data/resume_id").asString() + "/status");
        assertThat(status.path("filename").asString()).isEqualTo(path.equals("/moved") ? "moved" : "my cv.docx");
    }

    @Test
    void neverConnectsToAnAddressThatIsNotPublic() {
        assertThat(problem(fetch("http://127.0.0.1:" + inner.port() + "/"))).contains("public address");
        assertThat(problem(fetch("http://localhost:" + inner.port() + "/"))).contains("public address");
        assertThat(problem(fetch("http://[::ffff:127.0.0.1]:" + inner.port() + "/")))
                .contains("public address");
        assertThat(problem(fetch("http://2130706433:" + inner.port() + "/"))).isNotBlank();
        assertThat(problem(fetch(at("/inwards")))).contains("public address");
        assertThat(asked).hasValue(0);
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        assertThat(problem(fetch(at("/gone")))).contains("status 404");
        assertThat(problem(fetch(at("/circle")))).contains("redirects");
        assertThat(problem(fetch("ftp://example.org/cv.pdf"))).contains("http or https");
        assertThat(problem(fetch("http://me:secret@example.org/cv.pdf"))).contains("user name");
        assertThat(problem(fetch("cv.pdf"))).contains("http or https");
        assertThat(problem(fetch(""))).contains("required");
        assertThat(problem(fetch(Map.of()))).contains("required");
        assertThat(error(fetch(at("/page")), 400)).isEqualTo("UNSUPPORTED_TYPE");
        assertThat(problem(fetch("http://" + ALLOWED + ":1/cv.pdf"))).contains("cannot be fetched");
        assertThat(problem(fetch("https://" + ALLOWED + ":1/cv.pdf"))).contains("cannot be fetched");
    }

    @Test
    void stopsAtTheSizeOfAnUpload() {
        assertThat(error(fetch(at("/endless")), 400)).isEqualTo("TOO_LARGE");
        assertThat(sent).hasValueLessThan(ENDLESS);
    }

    @Test
    void leavesTheWorkToGoOnWhenItIsNotDoneInTime() {
        ResumeProperties hasty = new ResumeProperties(
                properties.maxFileSize(),
                properties.maxArchiveSize(),
                properties.maxExpandedSize(),
                properties.interactiveConcurrency(),
                properties.bulkConcurrency(),
                properties.documents(),
                properties.lease(),
                properties.attempts(),
                properties.retryPause(),
                properties.parseTime(),
                Duration.ZERO,
                properties.fetchNetworks());
        List<String> said = new ArrayList<>();
        StepVerifier.create(new Parsing(intake, resumes, events, hasty)
                        .parse(recruiter.account().caller(), URI.create(at("/moved")), null))
                .expectErrorSatisfies(late -> {
                    assertThat(late).isInstanceOf(Problem.class);
                    Problem problem = (Problem) late;
                    assertThat(problem.code()).isEqualTo(ProblemCode.SERVICE_UNAVAILABLE);
                    assertThat(problem.retryAfter()).isPositive();
                    said.add(problem.text());
                })
                .verify(PATIENCE);
        Matcher id = Pattern.compile("res_[0-9a-f]{32}").matcher(said.get(0));
        assertThat(id.find()).isTrue();
        assertThat(recruiter.await(id.group()).path("status").asString()).isEqualTo("completed");
    }

    private static String problem(WebTestClient.ResponseSpec answer) {
        byte[] body =
                answer.expectStatus().isBadRequest().expectBody().returnResult().getResponseBody();
        JsonNode problem = ResumeClient.JSON.readTree(body);
        assertThat(problem.at("/error/code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.at("/error/details/0/field").asString()).isEqualTo("resume_url");
        return problem.at("/error/details/0/message").asString();
    }
}
