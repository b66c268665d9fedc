package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.parsing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

class MessageTests extends IntegrationTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** Messages of which only parts stand in the sources; their parts are looked at by themselves. */
    private static final Set<String> COMPOSED = Set.of("{}: {}", "{}{} \'{}\' does not exist");

    private final Messages messages = new Messages();

    private static Set<String> translated() {
        return Messages.lines("messages_ru.tsv").stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Set<String> made() {
        return Stream.concat(
                        Arrays.stream(IdKind.values())
                                .map(kind -> kind.notFound("{}").text()),
                        Arrays.stream(Outcome.values()).map(Outcome::sentence))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMessageOfTheSourcesHasATranslation() throws IOException {
        MessageSources sources = MessageSources.read(SOURCES);
        assertThat(sources.messages).hasSizeGreaterThan(150);
        Set<String> known = translated();
        List<String> missing = new ArrayList<>();
        sources.messages.forEach((message, file) -> {
            if (!known.contains(message) && !COMPOSED.contains(message) && !file.equals("Messages.java")) {
                missing.add(file + ": " + message);
            }
        });
        made().stream().filter(message -> !known.contains(message)).forEach(missing::add);
        assertThat(missing)
                .as("Messages without a line in src/main/resources/ai/recruit/web/messages_ru.tsv")
                .isEmpty();
        Set<String> present = new TreeSet<>(sources.messages.keySet());
        present.addAll(made());
        assertThat(known).as("lines without a message").isSubsetOf(present);
    }

    @Test
    void noticesAMessageWithoutATranslation(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Thing.java"), """
                class Thing {
                    private static final String HINT = "; try " + "again";
                    void a(int most) { throw new Problem(CODE, "more than " + most + " of them" + HINT); }
                    void b(boolean big) { refuse("it", big ? "is too big" : "is too small"); }
                    private static void refuse(String field, String words) { throw Problem.invalid(field, words); }
                }
                class Problem { static Problem invalid(String field, String message) { return new Problem(CODE, message); } }
                """);
        assertThat(MessageSources.read(folder).messages.keySet())
                .containsExactlyInAnyOrder("more than {} of them; try again", "is too big", "is too small");
    }

    @Test
    void everyTranslationIsRussianAndKeepsWhatIsPutIn() {
        for (Map.Entry<String, String> line : Messages.lines("messages_ru.tsv")) {
            int holes = line.getKey().split("\\{}", -1).length - 1;
            assertThat(line.getValue()).as(line.getKey()).isNotBlank();
            for (int i = 1; i <= holes; i++) {
                assertThat(line.getValue()).as(line.getKey()).contains("{" + i + "}");
            }
            assertThat(line.getValue()).as(line.getKey()).doesNotContain("{" + (holes + 1) + "}");
            assertThat(line.getValue()).as(line.getKey()).containsPattern("[а-я]");
        }
    }

    @Test
    void putsInWhatTheMessageSays() {
        assertThat(messages.find("must be a whole number between 3 and 9"))
                .isEqualTo("должно быть целое число от 3 до 9");
        assertThat(messages.find("Candidate 'cand_1' does not exist")).isEqualTo("Кандидата 'cand_1' не существует");
        Problem problem = Problem.invalid(
                List.of(new FieldProblem("title", "is required"), new FieldProblem("x", "is told nowhere")));
        assertThat(messages.text(problem, Messages.RUSSIAN)).isEqualTo("title: обязательно");
        assertThat(messages.details(problem, Messages.RUSSIAN))
                .containsExactly(new FieldProblem("title", "обязательно"), new FieldProblem("x", "is told nowhere"));
        assertThat(messages.text(problem, Locale.ENGLISH)).isEqualTo("title: is required");
        assertThat(messages.text(Problem.invalid("resume_url", "CORRUPT: The file is empty"), Messages.RUSSIAN))
                .isEqualTo("resume_url: CORRUPT: Файл пуст");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ru|ru",
                "ru-RU,ru;q=0.9,en;q=0.8|ru",
                "ru-KG|ru",
                "en|en",
                "en-US,en;q=0.9,ru;q=0.8|en",
                "ky,ru;q=0.5|ru",
                "de|en",
                "*|en",
                "nonsense;;|en"
            })
    void theClientsFavouriteLanguageIsUsed(String accepted, String expected) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT_LANGUAGE, accepted);
        assertThat(Messages.language(headers).getLanguage()).isEqualTo(expected);
    }

    private EntityExchangeResult<JsonNode> ask(TestAccount account, String path, String language) {
        return http.get()
                .uri(path)
                .headers(account::authorize)
                .header(HttpHeaders.ACCEPT_LANGUAGE, language)
                .exchange()
                .expectBody(JsonNode.class)
                .returnResult();
    }

    @Test
    void errorsAreToldInTheClientsLanguageAndKeepTheirCode() {
        TestAccount recruiter = accounts.recruiter();
        var russian = ask(recruiter, "/api/v1/jobs?colour=red", "ru-RU");
        assertThat(russian.getResponseHeaders().getFirst(HttpHeaders.CONTENT_LANGUAGE))
                .isEqualTo("ru");
        assertThat(russian.getResponseHeaders().getVary()).contains(HttpHeaders.ACCEPT_LANGUAGE);
        JsonNode body = Objects.requireNonNull(russian.getResponseBody());
        assertThat(body.path("error").path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(body.path("error").path("message").asString())
                .startsWith("colour: у этого списка нет такого параметра");
        assertThat(body.path("error").path("details").path(0).path("message").asString())
                .startsWith("у этого списка");
        assertThat(body.path("detail")).isEqualTo(body.path("error").path("message"));
        var english = ask(recruiter, "/api/v1/jobs?colour=red", "en");
        assertThat(english.getResponseHeaders().getFirst(HttpHeaders.CONTENT_LANGUAGE))
                .isEqualTo("en");
        assertThat(Objects.requireNonNull(english.getResponseBody())
                        .path("detail")
                        .asString())
                .startsWith("colour: is not a parameter");
    }

    @Test
    void theMarketplaceHasItsOwnWords() {
        TestAccount recruiter = accounts.recruiter();
        assertThat(Dialect.of("/api/v1/Mismatch/match").word(ai.recruit.kernel.ProblemCode.RATE_LIMIT_EXCEEDED))
                .isEqualTo("RATE_LIMITED");
        assertThat(Dialect.of("/api/v1/jobs").word(ai.recruit.kernel.ProblemCode.RATE_LIMIT_EXCEEDED))
                .isEqualTo("RATE_LIMIT_EXCEEDED");
        for (String path : List.of("/api/v1/Mismatch/match", "/v1/mismatch/match/")) {
            JsonNode anonymous = Objects.requireNonNull(http.post()
                    .uri(path)
                    .accept(MediaType.APPLICATION_PROBLEM_JSON)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectBody(JsonNode.class)
                    .returnResult()
                    .getResponseBody());
            assertThat(anonymous.path("title").asString()).isEqualTo("INVALID_API_KEY");
            assertThat(anonymous.path("error").path("code").asString()).isEqualTo("INVALID_API_KEY");
        }
        assertThat(Objects.requireNonNull(
                                ask(recruiter, "/api/v1/Mismatch/nothing", "en").getResponseBody())
                        .path("error")
                        .path("code")
                        .asString())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }
}
