package ai.recruit.candidate;

import ai.recruit.tenancy.Tenant;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Merges and layers. Everything here runs in the transaction of a merge, and for one owner. */
@Repository
class MergeRepository {

    // The layers are written by the merge itself, so its own writes to profiles are none.
    private static final String BEGIN = "select set_config('recruit.merging', 'on', true)";

    private static final String LOCK = """
            select c.id from candidates c
            where c.owner_id = :account
                and c.id = any (candidate_group(candidate_root(:first)) || candidate_group(candidate_root(:second)))
            order by c.id
            for update
            """;

    private static final String PROFILES = """
            select c.id, c.merged_into, c.merges, candidate_profile(c) as profile
            from candidates c
            where c.id = any (cast(:ids as uuid[])) and c.owner_id = :account
            """;

    private static final String LAYERS = """
            select l.kind, m.merged_id, l.fields
            from candidate_layers l left join candidate_merges m on m.id = l.merge_id
            where l.candidate_id = :candidate and l.owner_id = :account
            order by l.place
            """;

    private static final String ADD_LAYER = """
            insert into candidate_layers (owner_id, candidate_id, kind, merge_id, fields)
            values (:account, :candidate, :kind, :merge, cast(:fields as jsonb))
            """;

    private static final String ADD_BASE = """
            insert into candidate_layers (owner_id, candidate_id, kind, fields)
            select c.owner_id, c.id, 'base', candidate_profile(c) from candidates c
            where c.id = :candidate and c.owner_id = :account
                and not exists (select from candidate_layers l where l.candidate_id = c.id)
            """;

    private static final String REMOVE_LAYER =
            "delete from candidate_layers l where l.merge_id = :merge and l.owner_id = :account";

    private static final String REMOVE_LAYERS =
            "delete from candidate_layers l where l.candidate_id = :candidate and l.owner_id = :account";

    private static final String INSERT = """
            insert into candidate_merges (id, owner_id, survivor_id, merged_id, taken, added_tags, merged_by)
            values (:id, :account, :survivor, :merged, :taken, :tags, :by)
            """;

    private static final String FIND = """
            select m.id, m.survivor_id, m.merged_id, m.added_tags, m.undone_at is not null as undone
            from candidate_merges m
            where m.id = :id and m.owner_id = :account
            """;

    private static final String OWNER = """
            select m.owner_id from candidate_merges m where m.id = :id and (:all or m.owner_id = :owner)
            """;

    private static final String UNDO = """
            update candidate_merges m set undone_at = now(), undone_by = :by
            where m.id = :id and m.owner_id = :account and m.undone_at is null
            """;

    private static final String LEAD = """
            update candidates c set merged_into = :survivor, version = c.version + 1
            where c.id = :candidate and c.owner_id = :account
            """;

    private static final String COUNT = """
            update candidates c set merges = c.merges + :more where c.id = :candidate and c.owner_id = :account
            """;

    private static final String WRITE = """
            update candidates c
            set first_name = p -> 'name' ->> 'first', last_name = p -> 'name' ->> 'last', email = p ->> 'email',
                phone = p ->> 'phone', location = p ->> 'location', title = p ->> 'title', summary = p ->> 'summary',
                experience_months = (p ->> 'experience_months')::integer,
                education_degree = p -> 'education' ->> 'degree', education_field = p -> 'education' ->> 'field',
                education_institution = p -> 'education' ->> 'institution',
                education_level = p -> 'education' ->> 'level', status = p ->> 'status', source = p ->> 'source',
                position_id = (p ->> 'position_id')::uuid, score = (p ->> 'score')::integer,
                resume_id = (p -> 'resume' ->> 'id')::uuid, resume_data = p -> 'resume' -> 'data',
                wishes = p -> 'wishes', resume_wishes = p -> 'resume_wishes',
                skills = array(select jsonb_array_elements_text(p -> 'skills')),
                edited = array(select jsonb_array_elements_text(p -> 'edited')),
                name_words = :names, updated_at = now(), version = c.version + 1
            from (select cast(:profile as jsonb) as p) x
            where c.id = :candidate and c.owner_id = :account
            """;

    private static final String TAGS = """
            select m.candidate_id, m.tags from recruiter_candidates m
            where m.owner_id = :account and m.candidate_id = any (cast(:ids as uuid[]))
            """;

    private static final String SET_TAGS = """
            insert into recruiter_candidates as m (owner_id, candidate_id, tags) values (:account, :candidate, :tags)
            on conflict (owner_id, candidate_id) do update set tags = excluded.tags
            """;

    private final DatabaseClient database;
    private final JsonMapper json;

    MergeRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A candidate with what a merge may change. */
    record Profile(UUID id, @Nullable UUID mergedInto, int merges, JsonNode fields) {}

    record Merge(UUID id, UUID survivorId, UUID mergedId, List<String> addedTags, boolean undone) {}

    Mono<Void> begin() {
        return database.sql(BEGIN).then();
    }

    /** Locks both candidates, all who are merged into them and all whom they are merged into, in one order. */
    Mono<Void> lock(UUID accountId, UUID first, UUID second) {
        return database.sql(LOCK)
                .bind("account", accountId)
                .bind("first", first)
                .bind("second", second)
                .then();
    }

    Mono<Map<UUID, Profile>> profiles(UUID accountId, Collection<UUID> ids) {
        return database.sql(PROFILES)
                .bind("account", accountId)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row -> new Profile(
                        given(row, "id", UUID.class),
                        row.get("merged_into", UUID.class),
                        given(row, "merges", Integer.class),
                        json.readTree(given(row, "profile", Json.class).asString())))
                .all()
                .collectMap(Profile::id);
    }

    Mono<List<ProfileLayers.Layer>> layers(UUID accountId, UUID candidateId) {
        return database.sql(LAYERS)
                .bind("account", accountId)
                .bind("candidate", candidateId)
                .map(row -> new ProfileLayers.Layer(
                        ProfileLayers.Kind.valueOf(
                                given(row, "kind", String.class).toUpperCase(Locale.ROOT)),
                        row.get("merged_id", UUID.class),
                        json.readTree(given(row, "fields", Json.class).asString())))
                .all()
                .collectList();
    }

    /** Begins the layers of a candidate with how they are now, unless they have begun. */
    Mono<Void> addBase(UUID accountId, UUID candidateId) {
        return of(ADD_BASE, accountId, candidateId).then();
    }

    Mono<Void> add(
            UUID accountId, UUID mergeId, UUID survivor, UUID merged, List<String> taken, List<String> tags, UUID by) {
        return database.sql(INSERT)
                .bind("id", mergeId)
                .bind("account", accountId)
                .bind("survivor", survivor)
                .bind("merged", merged)
                .bind("taken", taken.toArray(String[]::new))
                .bind("tags", tags.toArray(String[]::new))
                .bind("by", by)
                .then()
                .then(Mono.defer(() -> of(ADD_LAYER, accountId, survivor)
                        .bind("kind", "merge")
                        .bind("merge", mergeId)
                        .bind("fields", json.writeValueAsString(taken))
                        .then()));
    }

    Mono<Merge> find(UUID accountId, UUID mergeId) {
        return database.sql(FIND)
                .bind("id", mergeId)
                .bind("account", accountId)
                .map(row -> new Merge(
                        given(row, "id", UUID.class),
                        given(row, "survivor_id", UUID.class),
                        given(row, "merged_id", UUID.class),
                        List.of(given(row, "added_tags", String[].class)),
                        given(row, "undone", Boolean.class)))
                .one();
    }

    /** Whose merge it is, for those who may see it. */
    Mono<UUID> owner(Tenant tenant, UUID mergeId) {
        return database.sql(OWNER)
                .bind("id", mergeId)
                .bind("all", tenant.seesAll())
                .bind("owner", CandidateRepository.uuid(tenant.accountId()))
                .map(row -> given(row, "owner_id", UUID.class))
                .one();
    }

    /** Marks a merge as taken back and takes its layer out. */
    Mono<Void> undo(UUID accountId, UUID mergeId, UUID by) {
        return database.sql(UNDO)
                .bind("id", mergeId)
                .bind("account", accountId)
                .bind("by", by)
                .then()
                .then(Mono.defer(() -> database.sql(REMOVE_LAYER)
                        .bind("merge", mergeId)
                        .bind("account", accountId)
                        .then()));
    }

    Mono<Void> removeLayers(UUID accountId, UUID candidateId) {
        return of(REMOVE_LAYERS, accountId, candidateId).then();
    }

    /** Makes a candidate lead to a survivor, or to nobody again. */
    Mono<Void> lead(UUID accountId, UUID candidateId, @Nullable UUID survivor) {
        return of(LEAD, accountId, candidateId)
                .bind("survivor", CandidateRepository.uuid(survivor))
                .then();
    }

    Mono<Void> count(UUID accountId, UUID candidateId, int more) {
        return of(COUNT, accountId, candidateId).bind("more", more).then();
    }

    Mono<Void> write(UUID accountId, UUID candidateId, JsonNode profile) {
        JsonNode name = profile.path("name");
        return of(WRITE, accountId, candidateId)
                .bind("profile", json.writeValueAsString(profile))
                .bind(
                        "names",
                        NameWords.index(
                                name.path("first").asStringOpt().orElse(null),
                                name.path("last").asStringOpt().orElse(null)))
                .then();
    }

    Mono<Map<UUID, List<String>>> tags(UUID accountId, Collection<UUID> ids) {
        return database.sql(TAGS)
                .bind("account", accountId)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row ->
                        Map.entry(given(row, "candidate_id", UUID.class), List.of(given(row, "tags", String[].class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    Mono<Void> setTags(UUID accountId, UUID candidateId, List<String> tags) {
        return of(SET_TAGS, accountId, candidateId)
                .bind("tags", tags.toArray(String[]::new))
                .then();
    }

    private DatabaseClient.GenericExecuteSpec of(String sql, UUID accountId, UUID candidateId) {
        return database.sql(sql).bind("account", accountId).bind("candidate", candidateId);
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
