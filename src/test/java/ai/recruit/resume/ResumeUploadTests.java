package ai.recruit.resume;

import static ai.recruit.resume.ResumeClient.error;
import static ai.recruit.resume.ResumeClient.form;
import static ai.recruit.resume.ResumeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.SampleResumes;
import ai.recruit.parsing.SampleResumes.Person;
import ai.recruit.resume.ResumeClient.Seen;
import ai.recruit.resume.ResumeClient.Upload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import tools.jackson.databind.JsonNode;

class ResumeUploadTests extends IntegrationTest {

    private static final AtomicInteger SEED = new AtomicInteger(1);

    private ResumeClient recruiter;

    @BeforeEach
    void login() {
        recruiter = new ResumeClient(http, accounts.recruiter());
    }

    @ParameterizedTest
    @EnumSource(DocumentType.class)
    void becomesCandidateFromEveryFileType(DocumentType type) {
        Person person = SampleResumes.person(SEED.incrementAndGet());
        JsonNode uploaded = recruiter.upload("cv." + type.extension(), SampleResumes.write(person, type));

        assertThat(uploaded.path("resume_id").asString()).matches("res_[0-9a-f]{32}");
        assertThat(uploaded.path("processing_job_id").asString()).matches("proc_[0-9a-f]{32}");
        assertThat(uploaded.path("status").asString()).isEqualTo("queued");
        String id = uploaded.path("resume_id").asString();
        assertThat(uploaded.path("events_url").asString()).isEqualTo("/api/resumes/" + id + "/events");

        List<Seen> events = recruiter.allEvents(uploaded.path("events_url").asString());
        assertThat(events.stream()
                        .filter(e -> e.type().equals("resume.progress"))
                        .map(Seen::step))
                .containsExactly(
                        "received",
                        "checked",
                        "text_extracted",
                        "fields_extracted",
                        "candidate_created",
                        "matched",
                        "completed");
        assertThat(events.get(events.size() - 1).type()).isEqualTo("resume.completed");
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(event.data().path("resume_id").asString()).isEqualTo(id));
        assertThat(events.stream()
                        .filter(e -> e.type().equals("resume.progress"))
                        .map(e -> e.data().path("progress").asInt()))
                .isSorted()
                .endsWith(100);

        JsonNode status = recruiter.getJson("/api/resumes/" + id + "/status");
        assertThat(status.path("status").asString()).isEqualTo("completed");
        assertThat(status.path("progress").asInt()).isEqualTo(100);
        assertThat(status.path("attempts").asInt()).isEqualTo(1);
        assertThat(status.path("error").isNull()).isTrue();
        assertThat(status.has("batch_id")).isFalse();

        JsonNode data = recruiter.getJson("/api/resumes/" + id + "/data");
        assertThat(data.at("/parsed_data/personal_info/email").asString()).isEqualTo(person.email());
        assertThat(data.path("candidate_id").asString())
                .isEqualTo(status.path("candidate_id").asString());
        assertThat(data.path("parsing_confidence").asDouble()).isBetween(0.0, 1.0);

        JsonNode candidate = recruiter.getJson(
                "/api/v1/candidates/" + status.path("candidate_id").asString());
        assertThat(candidate.path("email").asString()).isEqualTo(person.email());
        assertThat(candidate.path("status").asString()).isEqualTo("initial_screening");
        assertThat(candidate.path("score").asInt(-1)).isZero();
        assertThat(candidate.at("/resume_data/personal_info/email").asString()).isEqualTo(person.email());
        assertThat(candidate.path("education").isObject()).isTrue();
        assertThat(candidate.path("experience_years").isInt()).isTrue();
    }

    @Test
    void explainsEveryValueWhenAsked() {
        Person person = SampleResumes.person(SEED.incrementAndGet());
        String id = recruiter
                .upload("cv.docx", SampleResumes.docx(person))
                .path("resume_id")
                .asString();
        recruiter.await(id);

        assertThat(recruiter.getJson("/api/resumes/" + id + "/data").has("evidence"))
                .isFalse();
        JsonNode data = recruiter.getJson("/api/resumes/" + id + "/data?explain=true");
        assertThat(data.path("evidence").size()).isGreaterThan(10);
        assertThat(data.path("evidence")).allSatisfy(evidence -> {
            assertThat(data.path("parsed_data")
                            .at(evidence.path("path").asString())
                            .isMissingNode())
                    .as(evidence.path("path").asString())
                    .isFalse();
            assertThat(evidence.path("rule").asString()).isNotBlank();
            assertThat(evidence.path("confidence").asDouble()).isBetween(0.5, 1.0);
            assertThat(evidence.path("spans").isEmpty()).isFalse();
        });
        recruiter
                .get("/api/resumes/" + id + "/data?explain=perhaps")
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void showsWhatAResumeHidesFromItsReader() {
        Person person = SampleResumes.person(SEED.incrementAndGet());
        byte[] bytes = new String(SampleResumes.html(person), StandardCharsets.UTF_8)
                .replace("</body>", "<p style='color:#fff'>Kubernetes and Terraform</p></body>")
                .getBytes(StandardCharsets.UTF_8);
        String id = recruiter.upload("cv.html", bytes).path("resume_id").asString();
        recruiter.await(id);

        JsonNode data = recruiter.getJson("/api/resumes/" + id + "/data").path("parsed_data");
        assertThat(data.path("flags")).hasSize(1);
        JsonNode flag = data.at("/flags/0");
        assertThat(flag.path("code").asString()).isEqualTo("hidden_text");
        assertThat(flag.path("reason").asString()).isEqualTo("color");
        assertThat(flag.path("count").asInt()).isEqualTo(3);
        assertThat(flag.path("excerpt").asString()).isEqualTo("Kubernetes and Terraform");
        assertThat(flag.path("page").isNull()).isTrue();
        assertThat(flag.path("part").asString()).isEqualTo("body");
        assertThat(data.path("skills").toString()).doesNotContain("Kubernetes");
    }

    @Test
    void answersTheResumeThatExistsWhenTheSameBytesComeAgain() {
        byte[] bytes = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        JsonNode first = recruiter.upload("a.txt", bytes);
        recruiter.await(first.path("resume_id").asString());

        JsonNode again = recruiter.upload("b.txt", bytes);
        assertThat(again.path("resume_id")).isEqualTo(first.path("resume_id"));
        assertThat(again.path("processing_job_id")).isEqualTo(first.path("processing_job_id"));
        assertThat(again.path("duplicate").asBoolean()).isTrue();
        assertThat(again.path("status").asString()).isEqualTo("completed");

        JsonNode forced =
                json(recruiter.post("/api/resumes/upload?force=true", form("file", new Upload("b.txt", bytes))));
        assertThat(forced.path("resume_id")).isNotEqualTo(first.path("resume_id"));
        assertThat(forced.path("duplicate").asBoolean()).isFalse();
        List<Seen> events = recruiter.allEvents(forced.path("events_url").asString());
        assertThat(events).anyMatch(event -> event.step().equals("candidate_updated"));

        MultipartBodyBuilder form = form("file", new Upload("c.txt", bytes));
        form.part("force", "true");
        assertThat(json(recruiter.post("/api/resumes/upload", form))
                        .path("duplicate")
                        .asBoolean())
                .isFalse();

        ResumeClient other = new ResumeClient(http, accounts.recruiter());
        assertThat(other.upload("a.txt", bytes).path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void putsTheResumeOnTheNamedCandidateWhateverTheOrderOfParts() {
        byte[] first = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        String candidate = recruiter
                .await(recruiter.upload("a.txt", first).path("resume_id").asString())
                .path("candidate_id")
                .asString();
        for (boolean before : new boolean[] {true, false}) {
            byte[] other = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
            MultipartBodyBuilder form = new MultipartBodyBuilder();
            if (before) {
                form.part("candidate_id", candidate);
            }
            form.part("file", other, MediaType.TEXT_PLAIN).filename("b.txt");
            if (!before) {
                form.part("candidate_id", candidate);
            }
            String id = json(recruiter.post("/api/resumes/upload", form))
                    .path("resume_id")
                    .asString();
            assertThat(recruiter.await(id).path("candidate_id").asString()).isEqualTo(candidate);
        }
        ResumeClient stranger = new ResumeClient(http, accounts.recruiter());
        MultipartBodyBuilder form = form("file", new Upload("a.txt", first));
        form.part("candidate_id", candidate);
        assertThat(error(stranger.post("/api/resumes/upload", form), 404)).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void refusesWhatIsTooLarge() {
        byte[] large = new byte[11 * 1024 * 1024];
        java.util.Arrays.fill(large, (byte) 'a');
        assertThat(error(recruiter.post("/api/resumes/upload", form("file", new Upload("a.txt", large))), 400))
                .isEqualTo("TOO_LARGE");
    }

    @Test
    void refusesByContentWhateverTheName() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
        for (Upload file : List.of(
                new Upload("cv.pdf", png),
                new Upload("cv.docx", "GIF89a........".getBytes(StandardCharsets.US_ASCII)),
                new Upload("empty.pdf", new byte[0]))) {
            assertThat(error(recruiter.post("/api/resumes/upload", form("file", file)), 400))
                    .as(file.filename())
                    .isEqualTo("UNSUPPORTED_TYPE");
        }
    }

    @Test
    void saysWhatIsWrongWithTheForm() {
        byte[] bytes = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        Upload file = new Upload("a.txt", bytes);
        assertThat(error(recruiter.post("/api/resumes/upload", form("resume", file)), 400))
                .isEqualTo("INVALID_REQUEST");
        assertThat(error(recruiter.post("/api/resumes/upload", form("file", file, file)), 400))
                .isEqualTo("INVALID_REQUEST");
        MultipartBodyBuilder none = new MultipartBodyBuilder();
        none.part("force", "true");
        assertThat(error(recruiter.post("/api/resumes/upload", none), 400)).isEqualTo("INVALID_REQUEST");
        MultipartBodyBuilder text = new MultipartBodyBuilder();
        text.part("file", "just text");
        assertThat(error(recruiter.post("/api/resumes/upload", text), 400)).isEqualTo("INVALID_REQUEST");
        assertThat(error(recruiter.post("/api/resumes/upload?force=perhaps", form("file", file)), 400))
                .isEqualTo("INVALID_REQUEST");
        assertThat(error(recruiter.post("/api/resumes/upload"), 415)).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void answersAcceptedToThoseWhoPreferIt() {
        byte[] bytes = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        http.post()
                .uri("/api/resumes/upload")
                .headers(recruiter.account()::authorize)
                .header("Prefer", "respond-async")
                .body(org.springframework.web.reactive.function.BodyInserters.fromMultipartData(
                        form("file", new Upload("a.txt", bytes)).build()))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueMatches("Location", "/api/resumes/res_[0-9a-f]{32}/status");
    }

    @Test
    void givesTheOriginalBack() {
        byte[] bytes = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        String id = recruiter
                .upload("Резюме \"Иван\"; x.txt", bytes)
                .path("resume_id")
                .asString();

        byte[] whole = recruiter
                .get("/api/resumes/" + id + "/download")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(bytes.length)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .value(
                        "Content-Disposition",
                        value -> assertThat(value)
                                .startsWith("attachment; filename=\"")
                                .contains("filename*=UTF-8''%D0%A0%D0%B5%D0%B7%D1%8E%D0%BC%D0%B5"))
                .expectBody()
                .returnResult()
                .getResponseBody();
        assertThat(whole).isEqualTo(bytes);

        byte[] part = http.get()
                .uri("/api/resumes/" + id + "/download")
                .headers(recruiter.account()::authorize)
                .header("Range", "bytes=2-5")
                .exchange()
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals("Content-Range", "bytes 2-5/" + bytes.length)
                .expectBody()
                .returnResult()
                .getResponseBody();
        assertThat(part).isEqualTo(java.util.Arrays.copyOfRange(bytes, 2, 6));
    }

    @Test
    void hidesAnotherRecruitersResumeLikeOneThatDoesNotExist() {
        byte[] bytes = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        JsonNode mine = recruiter.upload("a.txt", bytes);
        String id = mine.path("resume_id").asString();
        String candidate = recruiter.await(id).path("candidate_id").asString();
        ResumeClient stranger = new ResumeClient(http, accounts.recruiter());
        String absent = "res_00000000000070008000000000000000";
        for (String what : List.of("status", "data", "download", "events")) {
            for (String resume : List.of(id, absent, "candidates", "admin", "batches")) {
                if (resume.equals("batches")) {
                    continue;
                }
                assertThat(error(stranger.get("/api/resumes/" + resume + "/" + what), 404))
                        .isEqualTo("RESOURCE_NOT_FOUND");
            }
        }
        assertThat(error(stranger.post("/api/resumes/" + id + "/retry"), 404)).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(error(stranger.get("/api/v1/candidates/" + candidate), 404)).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(error(recruiter.post("/api/resumes/" + id + "/retry"), 409)).isEqualTo("CONFLICT");

        ResumeClient admin = new ResumeClient(http, accounts.admin());
        assertThat(admin.getJson("/api/resumes/" + id + "/status")
                        .path("status")
                        .asString())
                .isEqualTo("completed");
    }

    @Test
    void letsACandidateUploadTheirOwnButNoBatch() {
        ResumeClient candidate = new ResumeClient(http, accounts.candidate());
        byte[] bytes = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        JsonNode status = candidate.await(
                candidate.upload("a.txt", bytes).path("resume_id").asString());
        assertThat(status.path("status").asString()).isEqualTo("completed");
        candidate
                .get("/api/v1/candidates/" + status.path("candidate_id").asString())
                .expectStatus()
                .isOk();
        assertThat(error(candidate.post("/api/resumes/bulk-upload", form("files", new Upload("a.txt", bytes))), 403))
                .isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void failsWithTheReasonAndCanBeRetried() {
        byte[] broken = java.util.Arrays.copyOf(SampleResumes.docx(SampleResumes.person(SEED.incrementAndGet())), 700);
        String id = recruiter.upload("cv.docx", broken).path("resume_id").asString();
        List<Seen> events = recruiter.allEvents("/api/resumes/" + id + "/events");
        Seen last = events.get(events.size() - 1);
        assertThat(last.type()).isEqualTo("resume.failed");
        assertThat(last.data().at("/error/code").asString()).isEqualTo("corrupt");

        JsonNode status = recruiter.getJson("/api/resumes/" + id + "/status");
        assertThat(status.path("status").asString()).isEqualTo("failed");
        assertThat(status.path("attempts").asInt()).isEqualTo(1);
        assertThat(status.at("/error/code").asString()).isEqualTo("corrupt");
        JsonNode data = recruiter.getJson("/api/resumes/" + id + "/data");
        assertThat(data.path("parsed_data").isNull()).isTrue();
        assertThat(data.path("status").asString()).isEqualTo("failed");

        JsonNode retried = json(recruiter.post("/api/resumes/" + id + "/retry"));
        assertThat(retried.path("resume_id").asString()).isEqualTo(id);
        assertThat(recruiter.await(id).path("status").asString()).isEqualTo("failed");
    }
}
