package ai.recruit.resume;

import static ai.recruit.resume.ResumeClient.error;
import static ai.recruit.resume.ResumeClient.form;
import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.parsing.SampleResumes;
import ai.recruit.resume.ResumeClient.Seen;
import ai.recruit.resume.ResumeClient.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BatchUploadTests extends IntegrationTest {

    private static final AtomicInteger SEED = new AtomicInteger(10_000);

    private ResumeClient recruiter;

    @BeforeEach
    void login() {
        recruiter = new ResumeClient(http, accounts.recruiter());
    }

    @Test
    void leadsThreeHundredFilesToOneEndEach() {
        List<Upload> files = IntStream.range(0, 300)
                .mapToObj(i -> new Upload("cv" + i + ".txt", resume()))
                .toList();
        JsonNode batch = recruiter.bulk(files);
        String id = batch.path("batch_id").asString();
        assertThat(id).matches("batch_[0-9a-f]{32}");
        assertThat(batch.path("total").asInt()).isEqualTo(300);
        assertThat(batch.path("accepted").asInt()).isEqualTo(300);
        assertThat(batch.path("rejected").isEmpty()).isTrue();
        assertThat(batch.path("items").get(7).path("filename").asString()).isEqualTo("cv7.txt");
        assertThat(batch.path("events_url").asString()).isEqualTo("/api/resumes/batches/" + id + "/events");

        List<Seen> events = recruiter.allEvents(batch.path("events_url").asString());
        assertThat(ofType(events, "batch.completed")).hasSize(1);
        assertThat(events.get(events.size() - 1).type()).isEqualTo("batch.completed");
        List<Seen> completed = ofType(events, "resume.completed");
        assertThat(completed).hasSize(300);
        Set<String> resumes = new HashSet<>();
        completed.forEach(event -> resumes.add(event.data().path("resume_id").asString()));
        assertThat(resumes).hasSize(300);
        assertThat(ofType(events, "resume.progress"))
                .hasSize(7 * 300)
                .allSatisfy(event ->
                        assertThat(event.data().path("batch_id").asString()).isEqualTo(id));
        assertThat(events.stream().map(Seen::id)).doesNotHaveDuplicates();

        JsonNode status = recruiter.getJson("/api/resumes/batches/" + id);
        assertThat(status.path("status").asString()).isEqualTo("completed");
        assertThat(status.path("completed").asInt()).isEqualTo(300);
        assertThat(status.path("failed").asInt()).isZero();
        assertThat(status.path("queued").asInt()).isZero();
        assertThat(status.path("processing").asInt()).isZero();
        assertThat(status.path("progress").asInt()).isEqualTo(100);
        assertThat(status.path("completed_at").asString()).isNotBlank();
    }

    @Test
    void makesOneCandidateOfAPersonWhoseResumesComeAtOnce() {
        SampleResumes.Person person = SampleResumes.person(SEED.incrementAndGet());
        List<Upload> files = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String email = i % 2 == 0 ? person.email() : person.email().toUpperCase(java.util.Locale.ROOT);
            files.add(new Upload(
                    "cv" + i + ".txt", SampleResumes.txt(person.withEmail(email).withLocation("Town " + i))));
        }
        JsonNode batch = recruiter.bulk(files);
        recruiter.awaitBatch(batch.path("batch_id").asString());
        Set<String> people = new HashSet<>();
        batch.path("items")
                .forEach(item -> people.add(recruiter
                        .getJson("/api/resumes/" + item.path("resume_id").asString() + "/status")
                        .path("candidate_id")
                        .asString()));
        assertThat(people).hasSize(1);
    }

    @Test
    void refusesFileByFileAndTakesTheOthers() {
        byte[] large = new byte[10 * 1024 * 1024 + 1];
        java.util.Arrays.fill(large, (byte) 'a');
        JsonNode batch = recruiter.bulk(List.of(
                new Upload("good.txt", resume()),
                new Upload("picture.pdf", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0}),
                new Upload("large.txt", large),
                new Upload("empty.txt", new byte[0]),
                new Upload("also good.txt", resume())));
        assertThat(batch.path("total").asInt()).isEqualTo(5);
        assertThat(batch.path("accepted").asInt()).isEqualTo(2);
        Map<String, String> rejected = new LinkedHashMap<>();
        batch.path("rejected")
                .forEach(item -> rejected.put(
                        item.path("filename").asString(), item.path("code").asString()));
        assertThat(rejected)
                .containsExactly(
                        Map.entry("picture.pdf", "UNSUPPORTED_TYPE"),
                        Map.entry("large.txt", "TOO_LARGE"),
                        Map.entry("empty.txt", "UNSUPPORTED_TYPE"));
        JsonNode status = recruiter.awaitBatch(batch.path("batch_id").asString());
        assertThat(status.path("completed").asInt()).isEqualTo(2);
        assertThat(status.path("progress").asInt()).isEqualTo(100);
        assertThat(status.path("rejected")).isEqualTo(batch.path("rejected"));
        assertThat(status.path("items").get(1).path("status").asString()).isEqualTo("completed");
    }

    @Test
    void pointsToTheResumeThatIsThereForBytesThatCameBefore() {
        byte[] before = resume();
        String there = recruiter.upload("before.txt", before).path("resume_id").asString();
        byte[] twice = resume();
        JsonNode batch = recruiter.bulk(
                List.of(new Upload("a.txt", before), new Upload("b.txt", twice), new Upload("c.txt", twice)));
        JsonNode items = batch.path("items");
        assertThat(items.get(0).path("resume_id").asString()).isEqualTo(there);
        assertThat(items.get(0).path("duplicate").asBoolean()).isTrue();
        assertThat(items.get(1).path("duplicate").asBoolean()).isFalse();
        assertThat(items.get(2).path("duplicate").asBoolean()).isTrue();
        assertThat(items.get(2).path("resume_id")).isEqualTo(items.get(1).path("resume_id"));
        JsonNode status = recruiter.awaitBatch(batch.path("batch_id").asString());
        assertThat(status.path("accepted").asInt()).isEqualTo(3);
        assertThat(status.path("completed").asInt()).isEqualTo(3);
        assertThat(status.path("status").asString()).isEqualTo("completed");
    }

    @Test
    void completesAtOnceWhenThereIsNothingToDo() {
        JsonNode batch = recruiter.bulk(List.of(new Upload("empty.txt", new byte[0])));
        assertThat(batch.path("accepted").asInt()).isZero();
        List<Seen> events = recruiter.allEvents(batch.path("events_url").asString());
        assertThat(events.stream().map(Seen::type)).containsExactly("batch.progress", "batch.completed");
    }

    @Test
    void expandsAnArchive() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("folder/", new byte[0]);
        entries.put("folder/Иван Петров.txt", resume());
        entries.put("folder/deep/../../cv.docx", SampleResumes.docx(SampleResumes.person(SEED.incrementAndGet())));
        entries.put("__MACOSX/folder/._cv.docx", new byte[] {0, 5, 22, 7});
        entries.put("folder/.DS_Store", new byte[] {0, 0, 0, 1});
        entries.put("nested.zip", zip(Map.of("x.txt", resume()), StandardCharsets.UTF_8));
        entries.put("table.xlsx", zip(Map.of("[Content_Types].xml", new byte[] {'<'}), StandardCharsets.UTF_8));
        entries.put("bomb.txt", bomb());
        JsonNode batch = recruiter.bulk(List.of(
                new Upload("all.zip", zip(entries, Charset.forName("IBM866"))), new Upload("one.txt", resume())));
        List<String> taken = new ArrayList<>();
        batch.path("items").forEach(item -> taken.add(item.path("filename").asString()));
        assertThat(taken).containsExactly("Иван Петров.txt", "cv.docx", "one.txt");
        Map<String, String> rejected = new LinkedHashMap<>();
        batch.path("rejected")
                .forEach(item -> rejected.put(
                        item.path("filename").asString(), item.path("code").asString()));
        assertThat(rejected)
                .containsExactly(
                        Map.entry("nested.zip", "UNSUPPORTED_TYPE"),
                        Map.entry("table.xlsx", "UNSUPPORTED_TYPE"),
                        Map.entry("bomb.txt", "TOO_LARGE"));
        JsonNode status = recruiter.awaitBatch(batch.path("batch_id").asString());
        assertThat(status.path("completed").asInt()).isEqualTo(3);
    }

    @Test
    void takesAZipOfOneDocumentFormatForWhatItIs() {
        byte[] docx = SampleResumes.docx(SampleResumes.person(SEED.incrementAndGet()));
        JsonNode batch = recruiter.bulk(List.of(
                new Upload("cv.zip", docx), new Upload("cut.zip", java.util.Arrays.copyOf(docx, docx.length / 2))));
        assertThat(batch.path("items").size()).isEqualTo(2);
        JsonNode status = recruiter.awaitBatch(batch.path("batch_id").asString());
        assertThat(status.path("completed").asInt()).isEqualTo(1);
        assertThat(status.path("failed").asInt()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithTheForm() {
        Upload file = new Upload("a.txt", resume());
        assertThat(error(recruiter.post("/api/resumes/bulk-upload", form("file", file)), 400))
                .isEqualTo("INVALID_REQUEST");
        Upload[] many = new Upload[1001];
        java.util.Arrays.fill(many, new Upload("a.txt", new byte[] {'a'}));
        assertThat(error(recruiter.post("/api/resumes/bulk-upload", form("files", many)), 400))
                .isEqualTo("INVALID_REQUEST");
    }

    @Test
    void hidesAnotherRecruitersBatchLikeOneThatDoesNotExist() {
        String id = recruiter
                .bulk(List.of(new Upload("a.txt", resume())))
                .path("batch_id")
                .asString();
        ResumeClient stranger = new ResumeClient(http, accounts.recruiter());
        for (String batch : List.of(id, "batch_00000000000070008000000000000000", "data", "status")) {
            assertThat(error(stranger.get("/api/resumes/batches/" + batch), 404))
                    .isEqualTo("RESOURCE_NOT_FOUND");
            assertThat(error(stranger.get("/api/resumes/batches/" + batch + "/events"), 404))
                    .isEqualTo("RESOURCE_NOT_FOUND");
        }
    }

    private static byte[] resume() {
        return SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
    }

    private static byte[] bomb() {
        byte[] zeros = new byte[8 * 1024 * 1024];
        java.util.Arrays.fill(zeros, (byte) 'a');
        return zeros;
    }

    private static List<Seen> ofType(List<Seen> events, String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    private static byte[] zip(Map<String, byte[]> entries, Charset names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, names)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
