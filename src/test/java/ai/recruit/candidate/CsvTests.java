package ai.recruit.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Candidates as comma-separated values, in and out. */
class CsvTests extends IntegrationTest {

    private static final MediaType CSV = new MediaType("text", "csv");
    private static final String IMPORT = "/api/v1/candidates/import";
    private static final Charset CYRILLIC = Charset.forName("windows-1251");

    private final JsonMapper json = new JsonMapper();
    private TestAccount recruiter;

    @BeforeEach
    void begin() {
        recruiter = accounts.recruiter();
    }

    private List<JsonNode> lines(byte[] file) {
        return lines(file, CSV, "");
    }

    private List<JsonNode> lines(byte[] file, MediaType type, String query) {
        String body = http.post()
                .uri(IMPORT + query)
                .headers(recruiter::authorize)
                .contentType(type)
                .accept(MediaType.APPLICATION_NDJSON)
                .bodyValue(file)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_NDJSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(body).lines().map(json::readTree).toList();
    }

    private static byte[] utf8(String... lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode get(String uri) {
        return Objects.requireNonNull(http.get()
                .uri(uri)
                .headers(recruiter::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private String export(String query) {
        byte[] body = http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .build()
                .get()
                .uri("/api/v1/candidates" + query)
                .headers(recruiter::authorize)
                .accept(CSV)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("text/csv;charset=UTF-8")
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"candidates.csv\"")
                .expectBody()
                .returnResult()
                .getResponseBody();
        return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
    }

    @Test
    void everyRowGetsALine() {
        List<JsonNode> lines = lines(utf8(
                "first_name,last_name,email,phone,title,skills,experience_years,status,tags",
                "Jane,Roe,jane@example.com,,\"Engineer, senior\",Java; SQL,7,interview,Senior; Relocation",
                "",
                ",,nobody@example.com,,,,,,",
                "John,Doe,john@example.com,,,,many,,",
                "Jane,Roe,JANE@example.com,,,,,,",
                "Ann,Poe,,+1 (555) 010-0199,,,,,"));

        assertThat(lines).extracting(line -> line.path("row").asInt()).containsExactly(2, 4, 5, 6, 7);
        assertThat(lines)
                .extracting(line -> line.path("status").asString())
                .containsExactly("created", "rejected", "rejected", "existing", "created");
        assertThat(lines.get(1).path("details").get(0).path("field").asString()).isEqualTo("first_name");
        assertThat(lines.get(2).path("details").get(0).path("field").asString()).isEqualTo("experience_years");
        assertThat(lines.get(3).path("candidate_id").asString())
                .isEqualTo(lines.get(0).path("candidate_id").asString());
        JsonNode jane = get(
                "/api/resumes/candidates/" + lines.get(0).path("candidate_id").asString());
        assertThat(jane.path("title").asString()).isEqualTo("Engineer, senior");
        assertThat(jane.path("status").asString()).isEqualTo("interview");
        assertThat(jane.path("experience_years").asInt()).isEqualTo(7);
        assertThat(jane.path("tags").toString()).isEqualTo("[\"Senior\",\"Relocation\"]");
    }

    @Test
    void linesAreKeptAndTheImportTellsHowManyBecameWhat() {
        byte[] file = utf8("name;first_name", "x;y");
        http.post()
                .uri(IMPORT)
                .headers(recruiter::authorize)
                .contentType(CSV)
                .bodyValue(file)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error.details[0].field")
                .isEqualTo("name");
        assertThat(get("/api/v1/candidate-imports").path("data")).isEmpty();

        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", new ByteArrayResource(utf8("first_name\tphone", "Jane\t+15550100001", "Jim\tno number")) {
            @Override
            public String getFilename() {
                return "people.tsv";
            }
        });
        EntityExchangeResult<JsonNode> answer = http.post()
                .uri(IMPORT)
                .headers(recruiter::authorize)
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult();
        JsonNode made = Objects.requireNonNull(answer.getResponseBody());
        assertThat(made.path("status").asString()).isEqualTo("completed");
        assertThat(made.path("delimiter").asString()).isEqualTo("\t");
        assertThat(made.path("rows").asInt()).isEqualTo(2);
        assertThat(made.path("created").asInt()).isEqualTo(1);
        assertThat(made.path("rejected").asInt()).isEqualTo(1);
        String address = Objects.requireNonNull(answer.getResponseHeaders().getLocation())
                .toString();
        assertThat(get(address)).isEqualTo(made);
        JsonNode rejected = get(address + "/rows?status=rejected").path("data");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0).path("row").asInt()).isEqualTo(3);
        assertThat(rejected.get(0).path("details").get(0).path("field").asString())
                .isEqualTo("phone");
        TestAccount stranger = accounts.recruiter();
        for (String path : List.of(address, address + "/rows")) {
            http.get()
                    .uri(path)
                    .headers(stranger::authorize)
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
    }

    @Test
    void russianSpreadsheetsAreRead() {
        String file = "Имя;Фамилия;Почта;Навыки\r\nЮлия;Щёголева;julia@example.com;\"Java; \"\"1С\"\"\"\r\n";
        for (Charset charset : List.of(CYRILLIC, StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
            recruiter = accounts.recruiter();
            List<JsonNode> lines = lines(file.getBytes(charset));
            assertThat(lines).as(charset.name()).hasSize(1);
            JsonNode made = get(
                    "/api/v1/candidates/" + lines.get(0).path("candidate_id").asString());
            assertThat(made.path("last_name").asString()).as(charset.name()).isEqualTo("Щёголева");
            assertThat(made.path("skills").toString()).isEqualTo("[\"Java\",\"\\\"1С\\\"\"]");
            assertThat(get("/api/v1/candidate-imports")
                            .path("data")
                            .get(0)
                            .path("charset")
                            .asString())
                    .isEqualTo(charset.name().toLowerCase(java.util.Locale.ROOT));
        }
        recruiter = accounts.recruiter();
        // What the client says about the charset holds.
        List<JsonNode> lines = lines(
                "first_name;email\r\nÉva;eva@example.com\r\n".getBytes(StandardCharsets.ISO_8859_1),
                new MediaType(CSV, StandardCharsets.ISO_8859_1),
                "");
        assertThat(get("/api/v1/candidates/" + lines.get(0).path("candidate_id").asString())
                        .path("first_name")
                        .asString())
                .isEqualTo("Éva");
    }

    @Test
    void aDryRunMakesNothing() {
        List<JsonNode> lines = lines(
                utf8("first_name,email", "Jane,jane@example.com", "Jane,jane@example.com", "Jim,wrong"),
                CSV,
                "?dry_run=true");

        assertThat(lines)
                .extracting(line -> line.path("status").asString())
                .containsExactly("valid", "existing", "rejected");
        assertThat(get("/api/v1/candidates").path("data")).isEmpty();
    }

    @Test
    void aMissingQuotationMarkIsTold() {
        List<JsonNode> lines = lines(utf8(
                "first_name,email,summary",
                "Jane,jane@example.com,short",
                "Jim,jim@example.com,\"" + "never closed ".repeat(6_000)));

        assertThat(lines).extracting(line -> line.path("status").asString()).containsExactly("created", "rejected");
        assertThat(lines.get(1).path("details").get(0).path("message").asString())
                .contains("quotation mark");
    }

    @Test
    void whatIsExportedComesBackAsItWas() {
        List<String> cells = List.of("=1+1", "'=1", "+1-2x", "-x", "a \"b\", c", "two\nlines", "@home");
        StringBuilder file = new StringBuilder("first_name,last_name,email,phone,title\n");
        for (int i = 0; i < cells.size(); i++) {
            String title =
                    cells.get(i).startsWith("'") || "=+-@".indexOf(cells.get(i).charAt(0)) >= 0
                            ? "'" + cells.get(i)
                            : cells.get(i);
            file.append("Name%d,X,p%d@example.com,+1 555 010 01%02d,\"%s\"%n"
                    .formatted(i, i, i, title.replace("\"", "\"\"")));
        }
        lines(file.toString().getBytes(StandardCharsets.UTF_8));

        String exported = export("");
        assertThat(exported).startsWith("\uFEFFid,first_name,last_name,email,phone,title,");
        assertThat(exported).contains(",'=1+1,", ",''=1,", ",'+1-2x,", ",'-x,", ",'@home,", ",+1 555 010 0100,");
        assertThat(export("?search=p3").lines()).hasSize(2);

        recruiter = accounts.recruiter();
        List<JsonNode> again = lines(exported.getBytes(StandardCharsets.UTF_8));
        assertThat(again)
                .hasSize(cells.size())
                .allSatisfy(line -> assertThat(line.path("status").asString()).isEqualTo("created"));
        List<String> titles = new ArrayList<>();
        get("/api/v1/candidates")
                .path("data")
                .forEach(row -> titles.add(row.path("title").asString()));
        assertThat(titles).containsExactlyInAnyOrderElementsOf(cells);
        assertThat(export("").lines().map(CsvTests::withoutIds))
                .containsExactlyInAnyOrderElementsOf(
                        exported.lines().map(CsvTests::withoutIds).toList());
    }

    private static String withoutIds(String line) {
        return line.replaceAll("cand_[0-9a-f]{32}", "").replaceAll("\\d{4}-\\d\\d-\\d\\dT[^,]*", "");
    }

    @Test
    void aSharedCandidateIsExportedAsFarAsTheShareGoes() {
        String email = "p" + UUID.randomUUID() + "@example.com";
        String id = lines(utf8("first_name,email", "Jane," + email))
                .get(0)
                .path("candidate_id")
                .asString();
        TestAccount other = accounts.recruiter();
        http.post()
                .uri("/api/resumes/admin/candidates/share")
                .headers(accounts.admin()::authorize)
                .bodyValue(Map.of(
                        "candidate_ids", List.of(id),
                        "recruiter_ids", List.of(other.id()),
                        "can_view_contact_info", false))
                .exchange()
                .expectStatus()
                .isOk();
        recruiter = other;
        assertThat(export("")).contains(id).doesNotContain(email);
    }

    @Test
    void manyRowsStreamThrough() {
        int rows = 3_000;
        Flux<DataBuffer> file = Flux.range(0, rows + 1)
                .map(i -> i == 0 ? "first_name,email\n" : "Name" + i + ",p" + i + "@example.com\n")
                .buffer(50)
                .map(some -> DefaultDataBufferFactory.sharedInstance.wrap(
                        String.join("", some).getBytes(StandardCharsets.UTF_8)));

        Flux<JsonNode> lines = http.mutate()
                .responseTimeout(Duration.ofSeconds(60))
                .build()
                .post()
                .uri(IMPORT)
                .headers(recruiter::authorize)
                .contentType(CSV)
                .accept(MediaType.APPLICATION_NDJSON)
                .body(file, DataBuffer.class)
                .exchange()
                .returnResult(JsonNode.class)
                .getResponseBody();

        StepVerifier.create(lines.filter(line -> line.path("status").asString().equals("created"))
                        .count())
                .expectNext((long) rows)
                .expectComplete()
                .verify(Duration.ofSeconds(60));
        assertThat(export("").lines()).hasSize(rows + 1);
    }

    @Test
    void recordsAreTheSameInWhateverPiecesTheyCome() {
        String text = "a;b;c\r\n1;\"2;\r\n\"\"x\"\"\";\n\n\u0416;é;\"q\"r\r";
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, CYRILLIC)) {
            byte[] bytes = (charset == StandardCharsets.UTF_16LE ? "\uFEFF" + text : text).getBytes(charset);
            List<CsvRecords.Row> whole = read(bytes, List.of(bytes.length));
            assertThat(whole).hasSize(3);
            assertThat(whole.get(1).cells()).containsExactly("1", "2;\r\n\"x\"", "");
            assertThat(whole.get(2).number()).isEqualTo(4);
            Random random = new Random(7);
            for (int i = 0; i < 200; i++) {
                List<Integer> pieces = new ArrayList<>();
                for (int left = bytes.length; left > 0; ) {
                    int piece = Math.min(left, 1 + random.nextInt(5));
                    pieces.add(piece);
                    left -= piece;
                }
                assertThat(read(bytes, pieces)).isEqualTo(whole);
            }
        }
        assertThat(read("sep=|\na|b\n1|2".getBytes(StandardCharsets.UTF_8), List.of(3, 10)))
                .extracting(CsvRecords.Row::cells)
                .containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    private static List<CsvRecords.Row> read(byte[] bytes, List<Integer> pieces) {
        CsvRecords csv = new CsvRecords(null);
        List<CsvRecords.Row> rows = new ArrayList<>();
        int from = 0;
        for (int piece : pieces) {
            rows.addAll(csv.read(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + piece))));
            from += piece;
        }
        rows.addAll(csv.end());
        return rows;
    }
}
