package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Requests that no client of good will sends, byte by byte, since such a client would not let them pass. */
class FirewallTests extends IntegrationTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1//auth/me",
                "GET /api/v1/..%2fauth/me",
                "GET /api/v1/auth/%2e%2e/me",
                "GET /api/v1/auth;x=1/me",
                "GET /api/v1/auth%5cme",
                "GET /api/v1/auth/me%0a",
                "TRACE /api/v1/auth/me"
            })
    void refusesTricksWithPathAndMethod(String line) throws IOException {
        isRefused(answer(line, List.of()));
    }

    @Test
    void refusesControlCharactersInWhateverHeaderIsRead() throws IOException {
        String authorization = "Authorization: Bearer " + accounts.recruiter().token();
        // Each is read at another place: at the door, by the choice of the answer's form, and by the handler.
        isRefused(answer("GET /api/v1/auth/me", List.of("X-API-Key: a\u0085b")));
        isRefused(answer("GET /api/v1/auth/me", List.of(authorization, "Accept: application/json\u0085")));
        isRefused(answer("GET /api/v1/candidates", List.of(authorization, "If-None-Match: \"\u0085\"")));
        assertThat(answer("GET /api/v1/auth/me", List.of(authorization))).startsWith("HTTP/1.1 200");
    }

    @Test
    void saysWhichHeaderNamesNoMediaType() throws IOException {
        String authorization = "Authorization: Bearer " + accounts.recruiter().token();
        for (String path : List.of("/api/v1/auth/me", "/api/v1/candidates", "/api/v1/candidates/nobody", "/nowhere")) {
            assertThat(answer("GET " + path, List.of(authorization, "Accept: nonsense")))
                    .as(path)
                    .containsPattern("^HTTP/1.1 4\\d\\d")
                    .contains("\"success\":false", "\"code\":");
        }
        for (String header : List.of("Accept", "Content-Type")) {
            assertThat(answer(
                            "POST /api/v1/candidates",
                            List.of(
                                            authorization,
                                            "Idempotency-Key: k",
                                            "Content-Type: application/json",
                                            "Accept: */*",
                                            "Content-Length: 2")
                                    .stream()
                                    .map(line -> line.startsWith(header) ? header + ": nonsense" : line)
                                    .toList(),
                            "{}"))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"field\":\"" + header + "\"");
        }
    }

    /** Which is why the firewall need not look at answers. */
    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b=c", "a\nb", "a\rb"})
    void theServerTakesNoHeaderWithALineBreak(String value) throws IOException {
        HttpHandler handler = (request, response) -> {
            try {
                response.getHeaders().add("X-Answer", value);
            } catch (IllegalArgumentException refused) {
                response.setStatusCode(HttpStatus.CONFLICT);
            }
            return response.setComplete();
        };
        DisposableServer server = HttpServer.create()
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        try {
            assertThat(answer(server.port(), "GET /", List.of(), "")).startsWith("HTTP/1.1 409");
        } finally {
            server.disposeNow();
        }
    }

    private static void isRefused(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .contains("\"code\":\"INVALID_REQUEST\"", "characters that are not allowed there");
    }

    private String answer(String line, List<String> headers) throws IOException {
        return answer(line, headers, "");
    }

    private String answer(String line, List<String> headers, String body) throws IOException {
        return answer(port, line, headers, body);
    }

    private static String answer(int port, String line, List<String> headers, String body) throws IOException {
        String head = line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join(
                        "", headers.stream().map(header -> header + "\r\n").toList()) + "\r\n" + body;
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
