package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidates;
import ai.recruit.candidate.Corrections;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.UuidV7;
import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people do about their own profiles: set values right, and withdraw. */
@Component
class Selves {

    private static final Set<String> THEIRS = Set.of(
            "first_name", "last_name", "email", "phone", "location", "title", "summary", "skills", "experience_years");

    private static final String RECORD = """
            insert into candidate_corrections (id, owner_id, candidate_id, account_id, before, after)
            values (:id, :owner, :candidate, :account, cast(:before as jsonb), cast(:after as jsonb))
            """;

    private final Corrections corrections;
    private final Candidates candidates;
    private final Consents consents;
    private final Erasures erasures;
    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Audits audits;
    private final JsonMapper json;
    private final Clock clock;

    Selves(
            Corrections corrections,
            Candidates candidates,
            Consents consents,
            Erasures erasures,
            DatabaseClient database,
            TenantTransactions transactions,
            Audits audits,
            JsonMapper json,
            Clock clock) {
        this.corrections = corrections;
        this.candidates = candidates;
        this.consents = consents;
        this.erasures = erasures;
        this.database = database;
        this.transactions = transactions;
        this.audits = audits;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Sets values right, and writes down what they were; gives back the names of the fields.
     *
     * @throws Problem {@code INVALID_REQUEST} for fields that are not the person's to change
     */
    Mono<List<String>> correct(Caller caller, Person person, JsonNode body) {
        return Mono.defer(() -> {
            List<String> fields = List.copyOf(body.propertyNames());
            if (!body.isObject() || fields.isEmpty()) {
                throw Problem.invalid("body", "must name the fields to set right");
            }
            fields.stream().filter(field -> !THEIRS.contains(field)).findFirst().ifPresent(field -> {
                throw Problem.invalid(field, "is not for the person to change; dispute it instead");
            });
            UUID owner = person.ownerId();
            UUID id = person.candidateId();
            return transactions.together(() -> values(person)
                    .flatMap(before -> corrections
                            .correct(caller, owner, id, body)
                            .then(Mono.defer(() -> values(person)))
                            .flatMap(after -> transactions.mono(
                                    Tenant.account(owner),
                                    () -> database.sql(RECORD)
                                            .bind("id", UuidV7.next(clock))
                                            .bind("owner", owner)
                                            .bind("candidate", id)
                                            .bind("account", caller.accountId())
                                            .bind("before", json.writeValueAsString(only(before, fields)))
                                            .bind("after", json.writeValueAsString(only(after, fields)))
                                            .then()
                                            .then(Mono.defer(() -> audits.record(AuditEntry.by(
                                                            caller,
                                                            "candidate.corrected",
                                                            IdKind.CANDIDATE.format(id),
                                                            owner)
                                                    .with(Map.of("fields", fields))))))))
                    .thenReturn(fields));
        });
    }

    private Mono<JsonNode> values(Person person) {
        return candidates
                .get(Tenant.account(person.ownerId()), person.candidateId())
                .map(candidate -> {
                    Map<String, @Nullable Object> values = new LinkedHashMap<>();
                    values.put("first_name", candidate.firstName());
                    values.put("last_name", candidate.lastName());
                    values.put("email", candidate.email());
                    values.put("phone", candidate.phone());
                    values.put("location", candidate.location());
                    values.put("title", candidate.title());
                    values.put("summary", candidate.summary());
                    values.put("skills", candidate.skills());
                    values.put("experience_years", candidate.experienceMonths() / 12);
                    return json.valueToTree(values);
                });
    }

    private static Map<String, JsonNode> only(JsonNode values, List<String> fields) {
        Map<String, JsonNode> some = new LinkedHashMap<>();
        fields.forEach(field -> some.put(field, values.path(field)));
        return some;
    }

    /** @param erasure the id of the erasure; null when the data stay */
    record Withdrawn(
            String candidateId,
            long consentsWithdrawn,
            @Nullable String status,
            @Nullable String erasure) {}

    /** Withdraws all consents and the candidacy, and erases everything when that is asked for. */
    Mono<Withdrawn> withdraw(Caller caller, Person person, boolean erase) {
        UUID owner = person.ownerId();
        UUID id = person.candidateId();
        String publicId = IdKind.CANDIDATE.format(id);
        return transactions.together(() -> consents.withdrawAll(caller, owner, id)
                .flatMap(count -> erase
                        ? erasures.begin(caller, id, Cause.REQUEST_OF_PERSON)
                                .map(erasure -> new Withdrawn(publicId, count, null, IdKind.ERASURE.format(erasure)))
                        : corrections
                                .correct(caller, owner, id, json.valueToTree(Map.of("status", "withdrawn")))
                                .thenReturn(new Withdrawn(publicId, count, "withdrawn", null)))
                .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(publicId))));
    }
}
