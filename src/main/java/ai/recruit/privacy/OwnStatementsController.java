package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What people say about themselves: consents and disputes. */
@RestController
@RequestMapping(path = "/api/v1/self/profiles/{candidate_id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Own data")
class OwnStatementsController {

    private static final String NONE = "The caller's account is not linked with such a candidate";

    private static final String CONSENTS = """
            select coalesce(jsonb_agg(to_jsonb(x)), '[]')::text as json
              from (select public_id('cons', r.id) as id, r.purpose, r.basis, r.source, r.statement,
                           public_time(r.given_at) as given_at, public_time(r.expires_at) as expires_at,
                           public_time(r.withdrawn_at) as withdrawn_at,
                           r.withdrawn_at is null and (r.expires_at is null or r.expires_at > now()) as active
                      from consents r
                     where r.candidate_id = any (:ids) and r.owner_id = :owner %s
                     order by r.id desc) x
            """;
    private static final String ALL = CONSENTS.formatted("");
    private static final String ONE = CONSENTS.formatted("and r.id = :id");

    private final Links links;
    private final Consents consents;
    private final Disputes disputes;
    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Clock clock;

    OwnStatementsController(
            Links links,
            Consents consents,
            Disputes disputes,
            DatabaseClient database,
            TenantTransactions transactions,
            Clock clock) {
        this.links = links;
        this.consents = consents;
        this.disputes = disputes;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/consents")
    @Operation(summary = "What one has agreed to, and what was withdrawn")
    @ApiResponse(
            responseCode = "200",
            description = "The consents, the newest first",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject("{\"data\": [" + PrivacyExamples.CONSENT + "]}")))
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<String> consents(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return links.require(caller, candidateId)
                .flatMap(person -> read(person, null))
                .map(SelfController::data);
    }

    @PostMapping("/consents")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Agree",
            description = "`purpose` is required; the source is `candidate`, the basis `consent`, and the time now.")
    @ApiResponse(
            responseCode = "201",
            description = "The consent",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.CONSENT)))
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<String> consent(
            @PathVariable("candidate_id") String candidateId, @RequestBody NewConsent consent, Caller caller) {
        return Mono.defer(() -> {
            NewConsent.Checked checked = consent.checked(clock.instant(), true);
            return links.require(caller, candidateId)
                    .flatMap(person -> consents.add(caller, person.ownerId(), person.candidateId(), checked)
                            .flatMap(id -> read(person, id)));
        });
    }

    @PostMapping("/consents/{consent_id}/withdraw")
    @Operation(summary = "Withdraw a consent", description = "It stays in the history.")
    @ApiResponse(
            responseCode = "200",
            description = "The consent",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.CONSENT)))
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    @ApiResponse(responseCode = "409", description = "It has been withdrawn already", content = @Content)
    Mono<String> withdraw(
            @PathVariable("candidate_id") String candidateId,
            @PathVariable("consent_id") String consentId,
            Caller caller) {
        return links.require(caller, candidateId)
                .flatMap(person -> consents.withdraw(caller, person.ownerId(), person.candidateId(), consentId)
                        .then(Mono.defer(() -> read(person, IdKind.CONSENT.get(consentId)))));
    }

    @GetMapping("/disputes")
    @Operation(summary = "What one has disputed, and the answers")
    @ApiResponse(
            responseCode = "200",
            description = "The disputes, the newest first",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject("{\"data\": [" + PrivacyExamples.DISPUTE + "]}")))
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<String> disputes(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return links.require(caller, candidateId)
                .flatMap(person -> disputes.of(person, null))
                .map(SelfController::data);
    }

    @PostMapping("/disputes")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Dispute a value or a score", description = "The recruiter answers it.")
    @ApiResponse(
            responseCode = "201",
            description = "The dispute",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.DISPUTE)))
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<String> dispute(
            @PathVariable("candidate_id") String candidateId, @RequestBody NewDispute dispute, Caller caller) {
        return Mono.defer(() -> {
            NewDispute.Checked checked = dispute.checked();
            return links.require(caller, candidateId)
                    .flatMap(person -> disputes.open(caller, person, checked)
                            .flatMap(id -> disputes.of(person, id))
                            .map(OwnStatementsController::first));
        });
    }

    /** The consents as a JSON array, or the one of this id by itself. */
    private Mono<String> read(Person person, @Nullable UUID id) {
        return transactions.mono(Tenant.account(person.ownerId()), () -> {
            DatabaseClient.GenericExecuteSpec query = database.sql(id == null ? ALL : ONE)
                    .bind("ids", person.candidateIds().toArray(UUID[]::new))
                    .bind("owner", person.ownerId());
            return (id == null ? query : query.bind("id", id))
                    .map(row -> String.valueOf(row.get("json", String.class)))
                    .one()
                    .map(array -> id == null ? array : first(array));
        });
    }

    /** The only element of an array that has one. */
    private static String first(String array) {
        return array.substring(1, array.length() - 1);
    }
}
