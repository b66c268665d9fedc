package ai.recruit.resume;

import ai.recruit.access.TestAccounts.TestAccount;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client does with resumes, in the name of one account. */
final class ResumeClient {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final JsonMapper JSON = new JsonMapper();

    private static final ParameterizedTypeReference<ServerSentEvent<String>> SSE =
            new ParameterizedTypeReference<>() {};

    private final WebTestClient http;
    private final TestAccount account;

    ResumeClient(WebTestClient http, TestAccount account) {
        this.http = http.mutate().responseTimeout(PATIENCE).build();
        this.account = account;
    }

    TestAccount account() {
        return account;
    }

    record Upload(String filename, byte[] bytes) {}

    WebTestClient.ResponseSpec post(String url, MultipartBodyBuilder form) {
        return http.post()
                .uri(url)
                .headers(account::authorize)
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange();
    }

    WebTestClient.ResponseSpec post(String url) {
        return http.post().uri(url).headers(account::authorize).exchange();
    }

    WebTestClient.ResponseSpec get(String url) {
        return http.get().uri(url).headers(account::authorize).exchange();
    }

    static MultipartBodyBuilder form(String part, Upload... files) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        for (Upload file : files) {
            form.part(part, new ByteArrayResource(file.bytes())).filename(file.filename());
        }
        return form;
    }

    JsonNode upload(String filename, byte[] bytes) {
        return json(post("/api/resumes/upload", form("file", new Upload(filename, bytes))));
    }

    JsonNode bulk(List<Upload> files) {
        return json(post("/api/resumes/bulk-upload", form("files", files.toArray(Upload[]::new))));
    }

    JsonNode getJson(String url) {
        return json(get(url));
    }

    static JsonNode json(WebTestClient.ResponseSpec answer) {
        byte[] body = answer.expectStatus().isOk().expectBody().returnResult().getResponseBody();
        return JSON.readTree(body == null ? new byte[0] : body);
    }

    /** The code of an error answer, after a look at its status. */
    static String error(WebTestClient.ResponseSpec answer, int status) {
        byte[] body = answer.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JSON.readTree(body == null ? new byte[0] : body)
                .at("/error/code")
                .asString();
    }

    Flux<ServerSentEvent<String>> events(String url) {
        return http.get()
                .uri(url)
                .headers(account::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(SSE)
                .getResponseBody()
                .filter(event -> event.event() != null);
    }

    /** All events of a stream that ends by itself. */
    List<Seen> allEvents(String url) {
        return Objects.requireNonNull(events(url).map(Seen::of).collectList().block(PATIENCE));
    }

    record Seen(String id, String type, JsonNode data) {

        static Seen of(ServerSentEvent<String> event) {
            return new Seen(
                    Objects.requireNonNull(event.id()),
                    Objects.requireNonNull(event.event()),
                    JSON.readTree(Objects.requireNonNull(event.data())));
        }

        String step() {
            return data.path("step").asString("");
        }
    }

    /** Waits for the end of a resume's stream, then asks for its status. */
    JsonNode await(String resumeId) {
        allEvents("/api/resumes/" + resumeId + "/events");
        return getJson("/api/resumes/" + resumeId + "/status");
    }

    JsonNode awaitBatch(String batchId) {
        allEvents("/api/resumes/batches/" + batchId + "/events");
        return getJson("/api/resumes/batches/" + batchId);
    }
}
