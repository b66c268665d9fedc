package ai.recruit.bench;

import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.SampleResumes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A client of the service, logged in as a recruiter. */
final class Recruiter {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final WebClient http;
    private final String token;

    private Recruiter(WebClient http, String token) {
        this.http = http;
        this.token = token;
    }

    /** Makes a recruiter's account as the administrator unless there is one already, and logs in. */
    static Recruiter register(String url, String email) {
        WebClient anonymous = client(url, null);
        String admin = login(anonymous, ServiceProcess.ADMIN, ServiceProcess.PASSWORD);
        String password = "recruiter-password-1";
        call(client(url, admin)
                .post()
                .uri("/api/v1/accounts")
                .bodyValue(Map.of(
                        "email", email,
                        "password", password,
                        "role", "recruiter",
                        "first_name", "Rita",
                        "last_name", "Drill"))
                .retrieve()
                .onStatus(HttpStatus.CONFLICT::equals, there -> Mono.empty())
                .bodyToMono(JsonNode.class));
        return on(url, login(anonymous, email, password));
    }

    /** The same recruiter at another node. */
    Recruiter at(String url) {
        return on(url, token);
    }

    private static Recruiter on(String url, String token) {
        return new Recruiter(client(url, token), token);
    }

    private static WebClient client(String url, @Nullable String token) {
        return WebClient.builder()
                .baseUrl(url)
                .exchangeStrategies(ExchangeStrategies.builder()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
                        .build())
                .defaultHeaders(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .build();
    }

    private static String login(WebClient http, String email, String password) {
        return call(http.post()
                        .uri("/api/v1/auth/login")
                        .bodyValue(Map.of("email", email, "password", password))
                        .retrieve()
                        .bodyToMono(JsonNode.class))
                .path("access_token")
                .asString();
    }

    private static JsonNode call(Mono<JsonNode> answer) {
        JsonNode body = answer.block(PATIENCE);
        if (body == null) {
            throw new IllegalStateException("An empty answer");
        }
        return body;
    }

    WebClient http() {
        return http;
    }

    String token() {
        return token;
    }

    JsonNode get(String path) {
        return call(http.get().uri(path).retrieve().bodyToMono(JsonNode.class));
    }

    /** A file to upload. */
    record File(String name, byte[] bytes) {}

    /** Resumes of as many fictitious people, in a mixture of formats. */
    static List<File> resumes(int from, int count) {
        List<DocumentType> types = List.of(
                DocumentType.PDF,
                DocumentType.DOCX,
                DocumentType.RTF,
                DocumentType.TXT,
                DocumentType.HTML,
                DocumentType.ODT);
        List<File> files = new ArrayList<>();
        for (int seed = from; seed < from + count; seed++) {
            DocumentType type = types.get(seed % types.size());
            files.add(new File(
                    "resume-" + seed + "." + type.extension(), SampleResumes.write(SampleResumes.person(seed), type)));
        }
        return files;
    }

    Mono<JsonNode> upload(File file) {
        return send("/api/resumes/upload", "file", List.of(file));
    }

    Mono<JsonNode> bulk(List<File> files) {
        return bulk(files, false);
    }

    /** @param force process files again that have been uploaded before */
    Mono<JsonNode> bulk(List<File> files, boolean force) {
        return send("/api/resumes/bulk-upload" + (force ? "?force=true" : ""), "files", files);
    }

    private Mono<JsonNode> send(String path, String part, List<File> files) {
        MultipartBodyBuilder body = new MultipartBodyBuilder();
        for (File file : files) {
            body.part(part, new ByteArrayResource(file.bytes()))
                    .filename(file.name())
                    .contentType(MediaType.APPLICATION_OCTET_STREAM);
        }
        return http.post()
                .uri(path)
                .header(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .body(BodyInserters.fromMultipartData(body.build()))
                .retrieve()
                .bodyToMono(JsonNode.class);
    }

    static Set<String> ids(JsonNode items) {
        Set<String> ids = new LinkedHashSet<>();
        items.forEach(item -> ids.add(item.path("resume_id").asString()));
        return ids;
    }
}
