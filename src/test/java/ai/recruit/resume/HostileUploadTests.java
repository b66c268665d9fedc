package ai.recruit.resume;

import static ai.recruit.resume.ResumeClient.form;
import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.parsing.HostileFiles;
import ai.recruit.parsing.HostileFiles.Hostile;
import ai.recruit.parsing.Outcome;
import ai.recruit.parsing.SampleResumes;
import ai.recruit.resume.ResumeClient.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

/** Hostile files through the front door, as a client would send them. */
class HostileUploadTests extends IntegrationTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int EVERY = 10;

    @Test
    void endsEachWithItsReasonWhileGoodFilesBesideThemAreProcessed() {
        ResumeClient recruiter = new ResumeClient(http, accounts.recruiter());
        List<String> wrong = new ArrayList<>();
        List<String> good = new ArrayList<>();
        int number = 0;
        for (Hostile hostile : HostileFiles.all()) {
            EntityExchangeResult<byte[]> answer = recruiter
                    .post("/api/resumes/upload", form("file", new Upload(hostile.name(), hostile.bytes())))
                    .expectBody()
                    .returnResult();
            if (number++ % EVERY == 0) {
                good.add(recruiter
                        .upload("good.pdf", SampleResumes.pdf(SampleResumes.person(30_000 + number)))
                        .path("resume_id")
                        .asString());
            }
            String outcome = outcome(recruiter, ResumeClient.JSON.readTree(body(answer)), answer, wrong, hostile);
            List<String> right =
                    hostile.outcomes().stream().map(Outcome::word).collect(Collectors.toCollection(ArrayList::new));
            if (hostile.readable()) {
                right.add("completed");
            }
            if (!right.contains(outcome)) {
                wrong.add(hostile.name() + " ended as " + outcome + ", not as one of " + right);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(good).allSatisfy(id -> {
            JsonNode status = recruiter.await(id);
            assertThat(status.path("status").asString()).isEqualTo("completed");
            assertThat(took(status)).isLessThan(LIMIT);
        });
    }

    private static String outcome(
            ResumeClient recruiter,
            JsonNode answered,
            EntityExchangeResult<byte[]> answer,
            List<String> wrong,
            Hostile hostile) {
        if (answer.getStatus().value() == 400) {
            return answered.at("/error/code").asString().toLowerCase(Locale.ROOT);
        }
        JsonNode status = recruiter.await(answered.path("resume_id").asString());
        if (took(status).compareTo(LIMIT) > 0) {
            wrong.add(hostile.name() + " took " + took(status));
        }
        if (status.path("attempts").asInt() != 1) {
            wrong.add(hostile.name() + " was tried " + status.path("attempts") + " times");
        }
        return status.path("status").asString().equals("completed")
                ? "completed"
                : status.at("/error/code").asString();
    }

    private static Duration took(JsonNode status) {
        return Duration.between(
                Instant.parse(status.path("created_at").asString()),
                Instant.parse(status.path("updated_at").asString()));
    }

    private static byte[] body(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBody();
        return body == null ? new byte[0] : body;
    }
}
