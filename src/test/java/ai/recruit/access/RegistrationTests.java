package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class RegistrationTests extends AccessTest {

    private static final String PATH = "/api/v1/auth/register";
    private static final String GOOD = "seven tall green trees";

    @Test
    void makesACandidateWhateverRoleIsAskedFor() {
        String email = "person-" + UUID.randomUUID() + "@example.com";
        json(
                post(
                        PATH,
                        Map.of(
                                "email", email,
                                "password", GOOD,
                                "first_name", "Ada",
                                "last_name", "Example",
                                "role", "admin")),
                HttpStatus.ACCEPTED);
        JsonNode user = json(login(email, GOOD), HttpStatus.OK).path("user");
        assertThat(user.path("role").asString()).isEqualTo("candidate");
        assertThat(user.path("first_name").asString()).isEqualTo("Ada");
    }

    @Test
    void answersTheSameForAnAddressThatHasAnAccount() {
        TestAccount account = accounts.recruiter();
        JsonNode known = json(post(PATH, Map.of("email", account.email(), "password", GOOD)), HttpStatus.ACCEPTED);
        JsonNode unknown = json(
                post(PATH, Map.of("email", "person-" + UUID.randomUUID() + "@example.com", "password", GOOD)),
                HttpStatus.ACCEPTED);
        assertThat(known).isEqualTo(unknown);
        // And the account is what it was.
        login(account.email(), account.password()).expectStatus().isOk();
        refused(login(account.email(), GOOD), HttpStatus.UNAUTHORIZED, "INVALID_CREDENTIALS");
    }

    @Test
    void asksForAGoodPassword() {
        JsonNode answer =
                json(post(PATH, Map.of("email", "a@example.com", "password", "password123")), HttpStatus.BAD_REQUEST);
        assertThat(answer.path("error").path("details").path(0).path("field").asString())
                .isEqualTo("password");
    }

    @Test
    void canBeSwitchedOff(
            @Autowired Logins logins,
            @Autowired Accounts all,
            @Autowired Tickets tickets,
            @Autowired LoginThrottle throttle) {
        AccessProperties off = new Binder(
                        new MapConfigurationPropertySource(Map.of("recruit.access.registration", "false")))
                .bindOrCreate("recruit.access", AccessProperties.class);
        AuthController controller = new AuthController(logins, all, tickets, throttle, off);
        StepVerifier.create(controller.register(
                        new AuthController.RegisterRequest("a@example.com", GOOD, null, null),
                        MockServerHttpRequest.post(PATH).build()))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PERMISSION_DENIED)))
                .verify(Duration.ofSeconds(5));
    }
}
