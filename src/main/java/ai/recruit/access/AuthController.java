package ai.recruit.access;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Login and what follows from it. */
@RestController
@RequestMapping("/api/v1/auth")
@Tag(name = "Authentication")
class AuthController {

    private final Logins logins;
    private final Accounts accounts;
    private final Tickets tickets;
    private final LoginThrottle throttle;
    private final AccessProperties properties;

    AuthController(
            Logins logins, Accounts accounts, Tickets tickets, LoginThrottle throttle, AccessProperties properties) {
        this.logins = logins;
        this.accounts = accounts;
        this.tickets = tickets;
        this.throttle = throttle;
        this.properties = properties;
    }

    @PostMapping("/login")
    @SecurityRequirements
    @Operation(summary = "Log in with email and password")
    @ApiResponse(responseCode = "200", description = "A token for an hour, and a refresh token")
    @ApiResponse(
            responseCode = "401",
            description = "INVALID_CREDENTIALS",
            content = {})
    @ApiResponse(
            responseCode = "429",
            description = "RATE_LIMIT_EXCEEDED",
            content = {})
    Mono<LoginResponse> login(@RequestBody LoginRequest login, ServerHttpRequest request) {
        AccountFields fields = new AccountFields();
        String email = required(fields, "email", login.email());
        String password = required(fields, "password", login.password());
        fields.verify();
        return logins.login(LoginThrottle.source(request.getRemoteAddress()), email, password)
                .map(this::response);
    }

    @PostMapping("/refresh")
    @SecurityRequirements
    @Operation(
            summary = "Exchange a refresh token for new tokens",
            description = "Each refresh token works once. Using one again ends its session for everybody.")
    Mono<LoginResponse> refresh(@RequestBody RefreshRequest refresh) {
        AccountFields fields = new AccountFields();
        String token = required(fields, "refresh_token", refresh.refreshToken());
        fields.verify();
        return logins.refresh(token).map(this::response);
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End this session, its tokens and its streams")
    Mono<Void> logout(Caller caller) {
        return logins.logout(caller);
    }

    /**
     * Answers the same for an address that has an account already, so that nobody learns from it who is a candidate
     * here.
     */
    @PostMapping("/register")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @SecurityRequirements
    @Operation(
            summary = "Make an account as a candidate",
            description = "The answer does not tell whether the address had an account before. Log in afterwards.")
    Mono<RegisterResponse> register(@RequestBody RegisterRequest register, ServerHttpRequest request) {
        if (!properties.registration()) {
            return Mono.error(new Problem(
                    ProblemCode.PERMISSION_DENIED,
                    "Registration is switched off. Ask an administrator for an account."));
        }
        return throttle.registration(LoginThrottle.source(request.getRemoteAddress()))
                .then(accounts.register(new NewAccount(
                        register.email(),
                        register.password(),
                        Role.CANDIDATE.word(),
                        register.firstName(),
                        register.lastName(),
                        AccountStatus.ACTIVE.word(),
                        null)))
                .thenReturn(new RegisterResponse(
                        "accepted",
                        "Log in with this address, unless it had an account with another password before."));
    }

    @GetMapping("/me")
    @Operation(summary = "Who is logged in")
    Mono<AccountResponse> me(Caller caller) {
        return accounts.get(caller.accountId()).map(AccountResponse::of);
    }

    @PostMapping("/stream-ticket")
    @Operation(
            summary = "Ask for a ticket that opens one stream",
            description = "For browsers: append ?ticket= to the address of an SSE stream or a WebSocket, once.")
    Mono<Tickets.Ticket> streamTicket(Caller caller) {
        return tickets.issue(caller);
    }

    private static String required(AccountFields fields, String field, @Nullable String value) {
        return value == null || value.isBlank() ? fields.wrong(field, "is required") : value;
    }

    private LoginResponse response(Logins.LoggedIn loggedIn) {
        return new LoginResponse(
                loggedIn.accessToken(),
                "bearer",
                properties.tokenLifetime().toSeconds(),
                loggedIn.refreshToken(),
                AccountResponse.of(loggedIn.account()));
    }

    record LoginRequest(@Nullable String email, @Nullable String password) {

        @Override
        public String toString() {
            return "LoginRequest";
        }
    }

    record RefreshRequest(@Nullable String refreshToken) {

        @Override
        public String toString() {
            return "RefreshRequest";
        }
    }

    record RegisterRequest(
            @Nullable String email,
            @Nullable String password,
            @Nullable String firstName,
            @Nullable String lastName) {

        @Override
        public String toString() {
            return "RegisterRequest";
        }
    }

    record RegisterResponse(String status, String message) {}

    /** Source: the Recruiter API's login answer, and the refresh token. */
    record LoginResponse(
            String accessToken, String tokenType, long expiresIn, String refreshToken, AccountResponse user) {}
}
