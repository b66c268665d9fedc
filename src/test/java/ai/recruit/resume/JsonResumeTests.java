package ai.recruit.resume;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.parsing.SampleResumes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class JsonResumeTests extends IntegrationTest {

    private static final MediaType JSON_RESUME = MediaType.parseMediaType("application/vnd.jsonresume+json");
    /** The definition iso8601 of the schema. */
    private static final String DATE = "^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})$";

    /** The properties of the schema v1.0.0, by the object that they are of. */
    private static final Map<String, List<String>> SCHEMA = Map.of(
            "",
            List.of(
                    "$schema",
                    "basics",
                    "work",
                    "volunteer",
                    "education",
                    "awards",
                    "certificates",
                    "publications",
                    "skills",
                    "languages",
                    "interests",
                    "references",
                    "projects",
                    "meta"),
            "basics",
            List.of("name", "label", "image", "email", "phone", "url", "summary", "location", "profiles"),
            "location",
            List.of("address", "postalCode", "city", "countryCode", "region"),
            "profiles",
            List.of("network", "username", "url"),
            "work",
            List.of(
                    "name",
                    "location",
                    "description",
                    "position",
                    "url",
                    "startDate",
                    "endDate",
                    "summary",
                    "highlights"),
            "education",
            List.of("institution", "url", "area", "studyType", "startDate", "endDate", "score", "courses"),
            "certificates",
            List.of("name", "date", "url", "issuer"),
            "skills",
            List.of("name", "level", "keywords"),
            "languages",
            List.of("language", "fluency"),
            "meta",
            List.of("canonical", "version", "lastModified"));

    private ResumeClient client;

    @BeforeEach
    void logIn() {
        client = new ResumeClient(http, accounts.recruiter());
    }

    private ResponseSpec data(TestAccount account, String resume, MediaType... accept) {
        return http.get()
                .uri("/api/resumes/" + resume + "/data")
                .headers(account::authorize)
                .accept(accept)
                .exchange();
    }

    private String completed(String filename, byte[] bytes) {
        String resume = client.upload(filename, bytes).path("resume_id").asString();
        assertThat(client.await(resume).path("status").asString()).isEqualTo("completed");
        return resume;
    }

    private static JsonNode json(ResponseSpec response) {
        return ResumeClient.json(response);
    }

    @Test
    void exportsWhatTheSchemaAllows() {
        for (int number : List.of(41, 42)) {
            SampleResumes.Person person = SampleResumes.person(number);
            String resume = completed("resume.docx", SampleResumes.docx(person));
            JsonNode own = json(data(client.account(), resume, MediaType.APPLICATION_JSON));

            ResponseSpec response = data(client.account(), resume, JSON_RESUME);
            response.expectHeader().contentTypeCompatibleWith(JSON_RESUME);
            JsonNode document = json(response);

            checkObject("", document);
            JsonNode basics = document.path("basics");
            JsonNode parsed = own.path("parsed_data");
            assertThat(basics.path("name").asString())
                    .isEqualTo(parsed.path("personal_info").path("name").asString());
            assertThat(basics.path("email").asString())
                    .isEqualTo(parsed.path("personal_info").path("email").asString());
            assertThat(document.path("work"))
                    .isNotEmpty()
                    .hasSize(parsed.path("experience").size());
            assertThat(document.path("work").path(0).path("name").asString())
                    .isEqualTo(parsed.path("experience").path(0).path("company").asString());
            assertThat(document.path("work").path(0).path("startDate").asString())
                    .matches("\\d{4}-\\d{2}");
            assertThat(document.path("education")).isNotEmpty();
            assertThat(document.path("skills"))
                    .extracting(skill -> skill.path("name").asString())
                    .containsExactlyElementsOf(parsed.path("skills")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
            assertThat(document.path("meta").path("version").asString()).isEqualTo("v1.0.0");
        }
    }

    /** Known keys only, texts where texts belong, dates and addresses in their forms, nothing empty. */
    private static void checkObject(String name, JsonNode object) {
        assertThat(object.isObject()).as(name).isTrue();
        assertThat(Objects.requireNonNull(SCHEMA.get(name), name)).containsAll(object.propertyNames());
        object.properties().forEach(property -> {
            String key = property.getKey();
            JsonNode value = property.getValue();
            String at = name + "." + key;
            if (value.isObject()) {
                checkObject(key, value);
            } else if (value.isArray()) {
                assertThat(value).as(at).isNotEmpty();
                value.forEach(item -> {
                    if (item.isObject()) {
                        checkObject(key, item);
                    } else {
                        assertThat(item.isString()).as(at).isTrue();
                    }
                });
            } else {
                assertThat(value.isString()).as(at).isTrue();
                assertThat(value.asString()).as(at).isNotBlank();
            }
            if (key.endsWith("Date") || key.equals("date")) {
                assertThat(value.asString()).as(at).matches(DATE);
            }
            if (key.equals("url") || key.equals("$schema")) {
                assertThat(URI.create(value.asString()).isAbsolute()).as(at).isTrue();
            }
            if (key.equals("email")) {
                assertThat(value.asString()).as(at).matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
            }
        });
    }

    @Test
    void answersItsOwnShapeToWhoeverDoesNotAskForAnother() {
        String resume = completed("resume.txt", SampleResumes.txt(SampleResumes.person(43)));
        for (MediaType accept : List.of(MediaType.ALL, MediaType.APPLICATION_JSON)) {
            ResponseSpec response = data(client.account(), resume, accept);
            response.expectHeader().contentTypeCompatibleWith(MediaType.APPLICATION_JSON);
            assertThat(json(response).has("parsed_data")).isTrue();
        }
    }

    @Test
    void leavesOutTheEndOfAJobThatGoesOn() {
        String resume = completed("resume.txt", """
                Anna Testova
                anna.testova@example.com
                linkedin.com/in/anna-testova

                EXPERIENCE
                Senior Engineer, Example Corp
                March 2021 - Present
                - Built services in Java and Spring.

                Engineer, Sample Ltd
                2018 - 2020
                - Kept services running with PostgreSQL and Docker.

                EDUCATION
                Sample University, Bachelor of Science, Computer Science, 2018

                SKILLS
                Java, Spring, PostgreSQL, Docker
                """.getBytes(StandardCharsets.UTF_8));

        JsonNode document = json(data(client.account(), resume, JSON_RESUME));

        checkObject("", document);
        JsonNode work = document.path("work");
        assertThat(work.path(0).path("startDate").asString()).isEqualTo("2021-03");
        assertThat(work.path(0).has("endDate")).isFalse();
        assertThat(work.path(1).path("startDate").asString()).isEqualTo("2018");
        assertThat(work.path(1).path("endDate").asString()).isEqualTo("2020");
        assertThat(document.path("education").path(0).path("endDate").asString())
                .isEqualTo("2018");
        JsonNode profile = document.path("basics").path("profiles").path(0);
        assertThat(profile.path("network").asString()).isEqualTo("LinkedIn");
        assertThat(profile.path("username").asString()).isEqualTo("anna-testova");
        assertThat(profile.path("url").asString()).isEqualTo("https://linkedin.com/in/anna-testova");
    }

    @Test
    void refusesWhatIsNotCompletedOrNotTheCallers() {
        String failed = client.upload("notes.txt", "buy milk and bread".getBytes(StandardCharsets.UTF_8))
                .path("resume_id")
                .asString();
        assertThat(client.await(failed).path("status").asString()).isEqualTo("failed");
        assertThat(ResumeClient.error(data(client.account(), failed, JSON_RESUME), 409))
                .isEqualTo("CONFLICT");
        assertThat(ResumeClient.error(data(accounts.recruiter(), failed, JSON_RESUME), 404))
                .isEqualTo("RESOURCE_NOT_FOUND");
    }
}
