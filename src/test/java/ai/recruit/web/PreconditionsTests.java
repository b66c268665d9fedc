package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

class PreconditionsTests {

    private static final String TAG = ETags.of("cand_1", Instant.EPOCH, 7);

    @Test
    void aTagIsStrongAndChangesWithEachPartOfTheVersion() {
        assertThat(TAG).matches("\"[\\w-]{22}\"").isEqualTo(ETags.of("cand_1", Instant.EPOCH, 7));
        assertThat(TAG)
                .isNotEqualTo(ETags.of("cand_1", Instant.EPOCH, 8))
                .isNotEqualTo(ETags.of("cand_1", Instant.EPOCH.plusNanos(1000), 7))
                .isNotEqualTo(ETags.of("cand_1", null, 7));
    }

    @Test
    void whoHasTheVersionIsNotToldItAgain() {
        for (String known : new String[] {TAG, "W/" + TAG, "\"other\", " + TAG, "*"}) {
            ResponseEntity<String> answer = ETags.answer(headers(HttpHeaders.IF_NONE_MATCH, known), TAG, "body");
            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
            assertThat(answer.getBody()).isNull();
            assertThat(answer.getHeaders().getETag()).isEqualTo(TAG);
        }
        ResponseEntity<String> answer = ETags.answer(headers(HttpHeaders.IF_NONE_MATCH, "\"other\""), TAG, "body");
        assertThat(answer.getBody()).isEqualTo("body");
        assertThat(answer.getHeaders().getETag()).isEqualTo(TAG);
        assertThat(ETags.answer(new HttpHeaders(), TAG, "body").getBody()).isEqualTo("body");
    }

    @Test
    void aWriteGoesThroughOnlyOnTheVersionThatWasRead() {
        for (String read : new String[] {TAG, "*", "\"other\",\t" + TAG}) {
            assertThatCode(() -> Preconditions.check(headers(HttpHeaders.IF_MATCH, read), TAG))
                    .doesNotThrowAnyException();
        }
        for (String read : new String[] {"\"other\"", "W/" + TAG}) {
            fails(ProblemCode.PRECONDITION_FAILED, () -> Preconditions.check(headers(HttpHeaders.IF_MATCH, read), TAG));
        }
        fails(ProblemCode.PRECONDITION_FAILED, () -> Preconditions.check(headers(HttpHeaders.IF_MATCH, "*"), null));
        fails(ProblemCode.PRECONDITION_FAILED, () -> Preconditions.check(headers(HttpHeaders.IF_NONE_MATCH, "*"), TAG));
        assertThatCode(() -> Preconditions.check(headers(HttpHeaders.IF_NONE_MATCH, "*"), null))
                .doesNotThrowAnyException();
        assertThatCode(() -> Preconditions.check(new HttpHeaders(), TAG)).doesNotThrowAnyException();
    }

    @Test
    void anEndpointMayInsistOnAVersion() {
        fails(
                ProblemCode.PRECONDITION_REQUIRED,
                () -> Preconditions.of(new HttpHeaders()).required());
        assertThatCode(() -> Preconditions.of(headers(HttpHeaders.IF_MATCH, TAG))
                        .required()
                        .check(TAG))
                .doesNotThrowAnyException();
    }

    private static void fails(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static HttpHeaders headers(String name, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(name, value);
        return headers;
    }
}
