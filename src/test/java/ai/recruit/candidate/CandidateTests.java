package ai.recruit.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The recruiter API's candidates: made, found, changed, moved on and moved back. */
class CandidateTests extends IntegrationTest {

    private TestAccount recruiter;

    @BeforeEach
    void logIn() {
        recruiter = accounts.recruiter();
    }

    private ResponseSpec send(TestAccount account, HttpMethod method, String uri, Object body) {
        return http.method(method)
                .uri(uri)
                .headers(account::authorize)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec get(TestAccount account, String uri, Object... variables) {
        return http.get().uri(uri, variables).headers(account::authorize).exchange();
    }

    private static JsonNode node(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .is2xxSuccessful()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private JsonNode create(TestAccount account, Map<String, Object> otherwise) {
        Map<String, Object> candidate = new HashMap<>(Map.of(
                "first_name", "John",
                "last_name", "Doe",
                "email", UUID.randomUUID() + "@example.com",
                "phone", "+1-555-0100",
                "source", "linkedin"));
        candidate.putAll(otherwise);
        return node(send(account, HttpMethod.POST, "/api/v1/candidates", candidate));
    }

    private List<String> found(TestAccount account, String query, Object... variables) {
        List<String> ids = new ArrayList<>();
        node(get(account, "/api/v1/candidates" + query, variables))
                .path("data")
                .forEach(row -> ids.add(row.path("id").asString()));
        return ids;
    }

    private void refused(ResponseSpec response, HttpStatus status, String code, String field) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo(code)
                .jsonPath("$.error.details[0].field")
                .isEqualTo(field);
    }

    @Test
    void makesACandidateAsDocumented() {
        JsonNode made = create(recruiter, Map.of("email", "john.doe@example.com"));

        assertThat(made.path("id").asString()).startsWith("cand_");
        assertThat(made.path("first_name").asString()).isEqualTo("John");
        assertThat(made.path("phone").asString()).isEqualTo("+1-555-0100");
        assertThat(made.path("status").asString()).isEqualTo("initial_screening");
        assertThat(made.path("score").asInt(-1)).isZero();
        assertThat(made.path("source").asString()).isEqualTo("linkedin");
        assertThat(made.path("created_at").asString())
                .isEqualTo(made.path("updated_at").asString());
        assertThat(node(get(recruiter, "/api/v1/candidates/" + made.path("id").asString())))
                .isEqualTo(made);
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        send(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/candidates",
                        Map.of("email", "nobody", "phone", "call me", "resume_url", "ftp://example.com/x"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error.details[*].field")
                .value(fields -> assertThat(
                                ((List<?>) fields).stream().map(String::valueOf).toList())
                        .containsExactlyInAnyOrderElementsOf(List.of("email", "phone", "resume_url", "first_name")));
        refused(
                send(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/candidates",
                        Map.of("first_name", "A", "email", "a@example.com", "position_id", "pos_" + "0".repeat(32))),
                HttpStatus.BAD_REQUEST,
                "INVALID_REQUEST",
                "position_id");
    }

    @Test
    void aCandidateMayNotMakeCandidates() {
        send(accounts.candidate(), HttpMethod.POST, "/api/v1/candidates", Map.of("first_name", "A"))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void answersAPatchWithWhatWasNamed() {
        String id = create(recruiter, Map.of()).path("id").asString();

        JsonNode answer = node(send(
                recruiter,
                HttpMethod.PATCH,
                "/api/v1/candidates/" + id,
                Map.of("status", "phone_screen", "notes", "Great technical skills")));

        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("id", "status", "notes", "updated_at");
        assertThat(answer.path("status").asString()).isEqualTo("phone_screen");
        assertThat(answer.path("notes").asString()).isEqualTo("Great technical skills");
        JsonNode notes =
                node(get(recruiter, "/api/resumes/candidates/" + id + "/notes")).path("data");
        assertThat(notes).hasSize(1);
        assertThat(notes.path(0).path("is_private").asBoolean()).isTrue();
        JsonNode whole = node(http.patch()
                .uri("/api/v1/candidates/" + id)
                .headers(recruiter::authorize)
                .header("Prefer", "return=representation")
                .bodyValue(Map.of("title", "Engineer"))
                .exchange());
        assertThat(whole.path("title").asString()).isEqualTo("Engineer");
        assertThat(whole.path("status").asString()).isEqualTo("phone_screen");
    }

    @Test
    void refusesAnUnknownStatus() {
        String id = create(recruiter, Map.of()).path("id").asString();
        refused(
                send(recruiter, HttpMethod.PATCH, "/api/v1/candidates/" + id, Map.of("status", "promoted")),
                HttpStatus.BAD_REQUEST,
                "INVALID_REQUEST",
                "status");
        refused(
                get(recruiter, "/api/v1/candidates?status=promoted"),
                HttpStatus.BAD_REQUEST,
                "INVALID_REQUEST",
                "status");
        refused(get(recruiter, "/api/v1/candidates?stauts=offer"), HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "stauts");
    }

    @Test
    void takesMovesOfTheStatusBackTheLatestFirst() {
        String id = create(recruiter, Map.of()).path("id").asString();
        for (String status : List.of("phone_screen", "interview")) {
            node(send(recruiter, HttpMethod.PATCH, "/api/v1/candidates/" + id, Map.of("status", status)));
        }
        JsonNode moves = node(get(recruiter, "/api/v1/candidates/" + id + "/status-changes"))
                .path("data");
        assertThat(moves).hasSize(2);
        String latest = moves.path(0).path("id").asString();
        String first = moves.path(1).path("id").asString();
        String path = "/api/v1/candidates/" + id + "/status-changes/";

        send(recruiter, HttpMethod.POST, path + first + "/undo", Map.of())
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT);
        assertThat(node(send(recruiter, HttpMethod.POST, path + latest + "/undo", Map.of()))
                        .path("status")
                        .asString())
                .isEqualTo("phone_screen");
        send(recruiter, HttpMethod.POST, path + latest + "/undo", Map.of())
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT);
        assertThat(node(send(recruiter, HttpMethod.POST, path + first + "/undo", Map.of()))
                        .path("status")
                        .asString())
                .isEqualTo("initial_screening");
    }

    @Test
    void changesOnlyTheVersionThatTheClientHasSeen() {
        String id = create(recruiter, Map.of()).path("id").asString();
        String tag = get(recruiter, "/api/v1/candidates/" + id)
                .expectBody(String.class)
                .returnResult()
                .getResponseHeaders()
                .getETag();
        node(send(recruiter, HttpMethod.PATCH, "/api/v1/candidates/" + id, Map.of("title", "A")));
        http.patch()
                .uri("/api/v1/candidates/" + id)
                .headers(recruiter::authorize)
                .header("If-Match", tag)
                .bodyValue(Map.of("title", "B"))
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        http.get()
                .uri("/api/v1/candidates/" + id)
                .headers(recruiter::authorize)
                .header("If-None-Match", tag)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private ResponseSpec ifMatch(HttpMethod method, String uri, String tag, Object body) {
        return http.method(method)
                .uri(uri)
                .headers(recruiter::authorize)
                .header("If-Match", tag)
                .bodyValue(body)
                .exchange();
    }

    private static String tag(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseHeaders()
                .getETag());
    }

    @Test
    void changesOnlyTheVersionOfANoteThatTheClientHasSeen() {
        String notes = "/api/resumes/candidates/"
                + create(recruiter, Map.of()).path("id").asString() + "/notes";
        EntityExchangeResult<JsonNode> made = send(recruiter, HttpMethod.POST, notes, Map.of("content", "first"))
                .expectBody(JsonNode.class)
                .returnResult();
        String note = notes + "/"
                + Objects.requireNonNull(made.getResponseBody()).path("id").asString();
        String first = Objects.requireNonNull(made.getResponseHeaders().getETag());

        String second = tag(ifMatch(HttpMethod.PATCH, note, first, Map.of("content", "second")));

        assertThat(second).isNotEqualTo(first);
        ifMatch(HttpMethod.PATCH, note, first, Map.of("content", "third"))
                .expectStatus()
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        ifMatch(HttpMethod.DELETE, note, first, Map.of()).expectStatus().isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(node(get(recruiter, notes))
                        .path("data")
                        .path(0)
                        .path("content")
                        .asString())
                .isEqualTo("second");
        ifMatch(HttpMethod.DELETE, note, second, Map.of()).expectStatus().isNoContent();
    }

    @Test
    void declaresWishesOnlyOverThoseThatTheClientHasSeen() {
        String wishes =
                "/api/v1/candidates/" + create(recruiter, Map.of()).path("id").asString() + "/wishes";
        String none = tag(get(recruiter, wishes));

        String moves = tag(ifMatch(HttpMethod.PUT, wishes, none, Map.of("relocation", true)));

        assertThat(tag(get(recruiter, wishes))).isEqualTo(moves).isNotEqualTo(none);
        ifMatch(HttpMethod.PUT, wishes, none, Map.of("relocation", false))
                .expectStatus()
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(node(get(recruiter, wishes)).path("relocation").asBoolean()).isTrue();
        http.get()
                .uri(wishes)
                .headers(recruiter::authorize)
                .header("If-None-Match", moves)
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void findsNamesAcrossAlphabetsAndByTheirBeginning() {
        String ivanov = create(recruiter, Map.of("first_name", "Юлия", "last_name", "Иванова"))
                .path("id")
                .asString();
        String chekhov = create(recruiter, Map.of("first_name", "Anton", "last_name", "Chekhov"))
                .path("id")
                .asString();
        assertThat(found(recruiter, "?search={s}", "Ivanov")).containsExactly(ivanov);
        assertThat(found(recruiter, "?search={s}", "ив")).containsExactly(ivanov);
        assertThat(found(recruiter, "?search={s}", "Julia")).containsExactly(ivanov);
        assertThat(found(recruiter, "?search={s}", "Чехов")).containsExactly(chekhov);
        assertThat(found(recruiter, "?search={s}", "chek ant")).containsExactly(chekhov);
        assertThat(found(recruiter, "?search={s}", "Ivanova Anton")).isEmpty();
    }

    @Test
    void findsByOneLetterAsByMore() {
        String yulia = create(
                        recruiter, Map.of("first_name", "Юлия", "last_name", "Иванова", "email", "qq@example.com"))
                .path("id")
                .asString();
        String anton = create(
                        recruiter,
                        Map.of("first_name", "Anton", "last_name", "Żak", "email", "ww@example.net", "title", "7 Zip"))
                .path("id")
                .asString();
        create(accounts.recruiter(), Map.of("first_name", "Anton", "last_name", "Yale"));
        Map<String, List<String>> wanted = Map.ofEntries(
                Map.entry("ю", List.of(yulia)),
                Map.entry("y", List.of(yulia)),
                Map.entry("Й", List.of(yulia)),
                Map.entry("и", List.of(yulia)),
                Map.entry("I", List.of(yulia)),
                Map.entry("a", List.of(anton)),
                Map.entry("а", List.of(anton)),
                Map.entry("z", List.of(anton)),
                Map.entry("ż", List.of(anton)),
                Map.entry("7", List.of(anton)),
                Map.entry("q", List.of(yulia)),
                Map.entry("e", List.of(anton, yulia)),
                Map.entry("ф", List.of()),
                Map.entry("x", List.of()));
        wanted.forEach((letter, people) -> {
            assertThat(found(recruiter, "?search={s}", letter)).as(letter).isEqualTo(people);
            assertThat(found(accounts.admin(), "?search={s}&limit=100", letter))
                    .as(letter)
                    .containsAll(people);
        });
        node(send(recruiter, HttpMethod.PATCH, "/api/v1/candidates/" + anton, Map.of("title", "Xylograph")));
        assertThat(found(recruiter, "?search={s}", "x")).containsExactly(anton);
        assertThat(found(recruiter, "?search={s}", "7")).isEmpty();
    }

    @Test
    void findsAddressesTitlesAndSkillsByTheirForms() {
        String id = create(
                        recruiter,
                        Map.of(
                                "email",
                                "jane.roe@example.com",
                                "title",
                                "Ведущий разработчик",
                                "skills",
                                List.of("C++", "Databases", "Node.js")))
                .path("id")
                .asString();
        for (String search : List.of(
                "jane.roe@exa", "roe", "разработчика", "developer c++", "c++", "database", "node.js", "ведущ")) {
            assertThat(found(recruiter, "?search={s}", search))
                    .as(search)
                    .isEqualTo(search.startsWith("developer") ? List.of() : List.of(id));
        }
        assertThat(found(recruiter, "?search={s}", "'; drop table candidates; --"))
                .isEmpty();
        assertThat(found(recruiter, "?search={s}", "' \\ | & ! :* <-> ()")).isEmpty();
    }

    @Test
    void sortsBothWaysAndPagesByCursor() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(create(recruiter, Map.of("first_name", "N" + i)).path("id").asString());
        }
        node(send(recruiter, HttpMethod.PATCH, "/api/v1/candidates/" + made.get(2), Map.of("title", "Changed")));
        assertThat(found(recruiter, "?sort=created_at&order=asc")).isEqualTo(made);
        assertThat(found(recruiter, "?sort=updated_at").get(0)).isEqualTo(made.get(2));
        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = node(get(recruiter, "/api/v1/candidates?order=asc&limit=2" + cursor));
            page.path("data").forEach(row -> walked.add(row.path("id").asString()));
            assertThat(page.path("pagination").path("total").asInt()).isEqualTo(5);
            String next = page.path("pagination").path("next_cursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        assertThat(walked).isEqualTo(made);
        String other = node(get(recruiter, "/api/v1/candidates?order=asc&limit=2"))
                .path("pagination")
                .path("next_cursor")
                .asString();
        refused(
                get(recruiter, "/api/v1/candidates?order=desc&cursor=" + other),
                HttpStatus.BAD_REQUEST,
                "INVALID_REQUEST",
                "cursor");
    }
}
