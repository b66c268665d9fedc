package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A record is written alike whether the request asks for JSON in a way that is answered quickly, or in another way. */
class QuickAnswersTests extends IntegrationTest {

    private static final String PATH = "/api/v1/candidates/";

    private final HttpHeaders none = new HttpHeaders();

    private String candidate(String token) {
        byte[] made = http.post()
                .uri(PATH)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("""
                        {"first_name": "Zoë", "last_name": "Ångström", "email": "zoe@example.com"}
                        """)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return new String(made, java.nio.charset.StandardCharsets.UTF_8)
                .replaceFirst("(?s).*\"id\":\"(cand_[0-9a-f]+)\".*", "$1");
    }

    private WebTestClient.ResponseSpec ask(String token, String id, HttpHeaders headers) {
        return http.get()
                .uri(PATH + id)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .headers(all -> all.addAll(headers))
                .exchange();
    }

    private static HttpHeaders header(String name, String... values) {
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(name, List.of(values));
        return headers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "*/*",
                "application/*",
                "application/json;q=0.5",
                "text/html, application/json",
                "application/xml;q=0.9, */*;q=0.1"
            })
    void isTheSameHoweverJsonIsAskedFor(String accept) {
        String token = accounts.recruiter().token();
        String id = candidate(token);
        EntityExchangeResult<byte[]> plain =
                ask(token, id, none).expectStatus().isOk().expectBody().returnResult();
        EntityExchangeResult<byte[]> asked = ask(token, id, header(HttpHeaders.ACCEPT, accept))
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
        assertThat(asked.getResponseBody()).isEqualTo(plain.getResponseBody());
        for (String name : List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH, HttpHeaders.ETAG)) {
            assertThat(asked.getResponseHeaders().get(name))
                    .as(name)
                    .isEqualTo(plain.getResponseHeaders().get(name))
                    .hasSize(1);
        }
        assertThat(asked.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
    }

    @Test
    void whatIsNotThereIsNotAcceptable() {
        String token = accounts.recruiter().token();
        String id = candidate(token);
        ask(token, id, header(HttpHeaders.ACCEPT, "application/xml"))
                .expectStatus()
                .isEqualTo(HttpStatus.NOT_ACCEPTABLE);
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        String token = accounts.recruiter().token();
        String id = candidate(token);
        String tag = ask(token, id, none)
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag();
        ask(token, id, header(HttpHeaders.IF_NONE_MATCH, tag))
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
    }

    @Test
    void aRequestForTheHeadersHasTheLengthAndNoBody() {
        String token = accounts.recruiter().token();
        String id = candidate(token);
        long length = ask(token, id, none)
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getContentLength();
        http.head()
                .uri(PATH + id)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(length)
                .expectBody()
                .isEmpty();
    }
}
