package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ConditionalListTests extends IntegrationTest {

    private final String source = "conditional-" + UUID.randomUUID();

    @Test
    void aPageIsSentAgainOnlyWhenItHasChanged() {
        TestAccount recruiter = accounts.recruiter();
        String empty = tag(list(recruiter, null));
        list(recruiter, empty)
                .expectStatus()
                .isNotModified()
                .expectHeader()
                .valueEquals(HttpHeaders.ETAG, empty)
                .expectBody()
                .isEmpty();
        http.post()
                .uri("/api/v1/ingestion/jobs")
                .headers(recruiter::authorize)
                .bodyValue(Map.of(
                        "source",
                        source,
                        "jobs",
                        List.of(Map.of("external_id", "1", "title", "Cook", "company", "Canteen"))))
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
        String one = tag(list(recruiter, empty));
        assertThat(one).isNotEqualTo(empty);
        list(recruiter, one).expectStatus().isNotModified();
    }

    private ResponseSpec list(TestAccount account, String known) {
        return http.get()
                .uri("/api/v1/jobs?source={source}", source)
                .accept(MediaType.APPLICATION_JSON)
                .headers(account::authorize)
                .headers(headers -> {
                    if (known != null) {
                        headers.setIfNoneMatch(known);
                    }
                })
                .exchange();
    }

    private static String tag(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getETag());
    }
}
