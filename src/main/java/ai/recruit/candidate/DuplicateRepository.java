package ai.recruit.candidate;

import ai.recruit.tenancy.Tenant;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class DuplicateRepository {

    private static final String FORGET =
            "delete from candidate_duplicate_keys k where k.candidate_id = :candidate and k.owner_id = :account"
                    + " and k.key <> all (cast(:keys as text[]))";

    private static final String REMEMBER = """
            insert into candidate_duplicate_keys (owner_id, key, candidate_id)
            select :account, w.key, :candidate from unnest(cast(:keys as text[])) as w (key)
            on conflict do nothing
            """;

    private static final String ALIKE = """
            select k.candidate_id from candidate_duplicate_keys k
            where k.owner_id = :account and k.key = any (cast(:keys as text[])) and k.candidate_id <> :candidate
            group by k.candidate_id
            order by count(*) desc, k.candidate_id
            limit :most
            """;

    // What somebody has dismissed stays dismissed.
    private static final String SAVE = """
            insert into candidate_duplicates as d (id, owner_id, first_id, second_id, confidence, reasons)
            select r.id, :account, r.first_id, r.second_id, r.confidence, r.reasons
            from jsonb_to_recordset(cast(:rows as jsonb))
                as r (id uuid, first_id uuid, second_id uuid, confidence integer, reasons jsonb)
            order by r.first_id, r.second_id
            on conflict (first_id, second_id) do update
            set confidence = excluded.confidence, reasons = excluded.reasons, updated_at = now()
            where (d.confidence, d.reasons) is distinct from (excluded.confidence, excluded.reasons)
            returning d.id, xmax = 0 as created
            """;

    private static final String REMOVE = """
            delete from candidate_duplicates d
            where d.owner_id = :account and d.dismissed_at is null
                and (d.first_id = :candidate and d.second_id <> all (cast(:kept as uuid[]))
                    or d.second_id = :candidate and d.first_id <> all (cast(:kept as uuid[])))
            returning d.id, false as created
            """;

    private static final String DISMISS = """
            update candidate_duplicates d
            set dismissed_by = coalesce(d.dismissed_by, :by), dismissed_at = coalesce(d.dismissed_at, now())
            where d.id = :id and (:all or d.owner_id = :owner)
            returning d.owner_id
            """;

    private final DatabaseClient database;
    private final JsonMapper json;

    DuplicateRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A pair as it goes to the database. */
    record Pair(UUID id, UUID firstId, UUID secondId, int confidence, List<Likeness.Reason> reasons) {}

    /** A pair that is new, has changed or has gone. */
    record Changed(UUID id, boolean created) {}

    /** Sets what a candidate is found by. */
    Mono<Void> remember(UUID accountId, UUID candidateId, Collection<String> keys) {
        return of(FORGET, accountId, candidateId, keys)
                .then()
                .then(Mono.defer(
                        () -> of(REMEMBER, accountId, candidateId, keys).then()));
    }

    /** Those of the account's candidates who share the most keys with this one. */
    Mono<List<UUID>> alike(UUID accountId, UUID candidateId, Collection<String> keys, int most) {
        return of(ALIKE, accountId, candidateId, keys)
                .bind("most", most)
                .map(row -> given(row, "candidate_id", UUID.class))
                .all()
                .collectList();
    }

    /** Stores pairs; gives back those that are new or have changed. */
    Mono<List<Changed>> save(UUID accountId, List<Pair> pairs) {
        return pairs.isEmpty()
                ? Mono.just(List.of())
                : database.sql(SAVE)
                        .bind("account", accountId)
                        .bind("rows", json.writeValueAsString(pairs))
                        .map(DuplicateRepository::changed)
                        .all()
                        .collectList();
    }

    /** Takes out the candidate's pairs with others than these; gives back those that there were. */
    Mono<List<Changed>> remove(UUID accountId, UUID candidateId, Collection<UUID> kept) {
        return database.sql(REMOVE)
                .bind("account", accountId)
                .bind("candidate", candidateId)
                .bind("kept", kept.toArray(UUID[]::new))
                .map(DuplicateRepository::changed)
                .all()
                .collectList();
    }

    /** Marks a pair as two people; gives back whose it is. */
    Mono<UUID> dismiss(Tenant tenant, UUID id, UUID by) {
        return database.sql(DISMISS)
                .bind("id", id)
                .bind("by", by)
                .bind("all", tenant.seesAll())
                .bind("owner", CandidateRepository.uuid(tenant.accountId()))
                .map(row -> given(row, "owner_id", UUID.class))
                .one();
    }

    private DatabaseClient.GenericExecuteSpec of(
            String sql, UUID accountId, UUID candidateId, Collection<String> keys) {
        return database.sql(sql)
                .bind("account", accountId)
                .bind("candidate", candidateId)
                .bind("keys", keys.toArray(String[]::new));
    }

    private static Changed changed(Readable row) {
        return new Changed(given(row, "id", UUID.class), given(row, "created", Boolean.class));
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
