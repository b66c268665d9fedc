package ai.recruit.candidate;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.person.Erased;
import ai.recruit.person.Held;
import ai.recruit.person.Person;
import ai.recruit.person.PersonQueries;
import ai.recruit.person.PersonalData;
import ai.recruit.tenancy.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What this feature holds about a person. Everything else hangs on these rows, so they go last. */
@Component
class CandidateData implements PersonalData {

    // The rows of the whole group are locked in one order, so that nobody merges or changes them meanwhile.
    private static final String PERSON = """
            select c.id, c.owner_id from candidates c
            where c.id = any (candidate_group(candidate_root(:id))) and (:all or c.owner_id = :owner)
            order by c.id
            for update
            """;

    // Along merges in both directions, also those that were taken back.
    private static final String APART = """
            with recursive met (id) as (
                select unnest(cast(:ids as uuid[]))
                union
                select case when m.survivor_id = met.id then m.merged_id else m.survivor_id end
                from met join candidate_merges m on m.survivor_id = met.id or m.merged_id = met.id
                where (:all or m.owner_id = :owner))
            select id from met where id <> all (cast(:ids as uuid[]))
            """;

    private static final String ROOT = "select candidate_root(:id) as root";

    private static final String INACTIVE = """
            select c.owner_id, c.id, c.updated_at from candidates c
            where c.updated_at < :since and c.merged_into is null %s
                and (c.updated_at, c.id) > (:after, :after_id)
                and not exists (
                    select from candidate_notes n
                    where n.candidate_id = any (candidate_group(c.id)) and n.updated_at >= :since)
                and not exists (
                    select from candidate_shares s where s.candidate_id = c.id and s.updated_at >= :since)
            order by c.updated_at, c.id
            limit :most
            """;
    private static final String INACTIVE_OF = INACTIVE.formatted("and c.owner_id = :owner");
    private static final String INACTIVE_OF_OTHERS =
            INACTIVE.formatted("and c.owner_id <> all (:others) and (:all or c.owner_id = :owner)");

    private static final String PROFILES = """
            select to_jsonb(c) - 'resume_data' || jsonb_build_object('id', public_id('cand', c.id),
                       'owner_id', public_id('usr', c.owner_id), 'resume_id', public_id('res', c.resume_id),
                       'merged_into', public_id('cand', c.merged_into)) as row
              from candidates c where c.id = any (:ids) and (:all or c.owner_id = :owner) order by c.id
            """;

    private static final String IDENTITIES = """
            select jsonb_build_object('kind', i.kind, 'value', i.value) as row
              from candidate_identities i where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner)
            """;

    private static final String NOTES = """
            select to_jsonb(n) || jsonb_build_object('id', public_id('note', n.id), 'owner_id', public_id('usr', n.owner_id),
                       'candidate_id', public_id('cand', n.candidate_id)) as row
              from candidate_notes n where n.candidate_id = any (:ids) and (:all or n.owner_id = :owner) order by n.id
            """;

    private static final String TAGS = """
            select jsonb_build_object('account', public_id('usr', m.owner_id), 'tags', m.tags, 'source', m.source,
                       'added_at', public_time(m.added_at), 'last_viewed_at', public_time(m.last_viewed_at)) as row
              from recruiter_candidates m where m.candidate_id = any (:ids) and (:all or m.owner_id = :owner)
            """;

    private static final String SHARES = """
            select to_jsonb(s) || jsonb_build_object('id', public_id('share', s.id),
                       'owner_id', public_id('usr', s.owner_id), 'recruiter_id', public_id('usr', s.recruiter_id),
                       'shared_by', public_id('usr', s.shared_by), 'candidate_id', public_id('cand', s.candidate_id)) as row
              from candidate_shares s where s.candidate_id = any (:ids) and (:all or s.owner_id = :owner) order by s.id
            """;

    // With whom by category, and what they may see: not who.
    private static final String SHARED_WITH = """
            select jsonb_build_object('recipient', 'recruiter of this service', 'can_view_contact_info',
                       s.can_view_contact_info, 'can_download_resume', s.can_download_resume,
                       'can_submit_to_jobs', s.can_submit_to_jobs, 'since', public_time(s.created_at),
                       'until', public_time(coalesce(s.revoked_at, s.expires_at)),
                       'active', s.revoked_at is null and (s.expires_at is null or s.expires_at > now())) as row
              from candidate_shares s where s.candidate_id = any (:ids) and (:all or s.owner_id = :owner) order by s.id
            """;

    private static final String MOVES = """
            select jsonb_build_object('from', h.from_status, 'to', h.to_status, 'at', public_time(h.changed_at),
                       'undone_at', public_time(h.undone_at)) as row
              from candidate_status_changes h where h.candidate_id = any (:ids) and (:all or h.owner_id = :owner)
             order by h.id
            """;

    private static final String LAYERS = """
            select jsonb_build_object('candidate_id', public_id('cand', l.candidate_id), 'kind', l.kind, 'fields', l.fields)
                       as row
              from candidate_layers l where l.candidate_id = any (:ids) and (:all or l.owner_id = :owner)
             order by l.candidate_id, l.place
            """;

    private static final String DUPLICATES = """
            select jsonb_build_object('confidence', d.confidence, 'reasons', d.reasons,
                       'dismissed', d.dismissed_at is not null) as row
              from candidate_duplicates d
             where (d.first_id = any (:ids) or d.second_id = any (:ids)) and (:all or d.owner_id = :owner)
            """;

    private static final String DUPLICATE_IDS = """
            select public_id('dup', d.id) as id from candidate_duplicates d
             where (d.first_id = any (:ids) or d.second_id = any (:ids)) and (:all or d.owner_id = :owner)
            """;

    private static final String NOTE_ROWS = """
            select n.id, n.owner_id, n.candidate_id from candidate_notes n
             where n.candidate_id = any (:ids) and (:all or n.owner_id = :owner)
            """;

    private static final String SHARE_ROWS = """
            select s.id, s.recruiter_id as owner_id, s.candidate_id from candidate_shares s
             where s.candidate_id = any (:ids) and (:all or s.owner_id = :owner)
            """;

    private static final String OTHER_IDS = """
            select public_id('move', h.id) as id from candidate_status_changes h
             where h.candidate_id = any (:ids) and (:all or h.owner_id = :owner)
            union all
            select public_id('merge', m.id) from candidate_merges m
             where (m.survivor_id = any (:ids) or m.merged_id = any (:ids)) and (:all or m.owner_id = :owner)
            """;

    // By these the kept answers of imports are found.
    private static final String IMPORTS = """
            select distinct public_id('imp', i.import_id) as id from candidate_import_rows i
             where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner)
            """;

    private static final String OTHER_COUNTS = """
            select (select count(*) from candidate_identities i
                     where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner)) as identities,
                   (select count(*) from recruiter_candidates m
                     where m.candidate_id = any (:ids) and (:all or m.owner_id = :owner)) as tag_lists,
                   (select count(*) from candidate_layers l
                     where l.candidate_id = any (:ids) and (:all or l.owner_id = :owner)) as merge_layers,
                   (select count(*) from candidate_duplicate_keys k
                     where k.candidate_id = any (:ids) and (:all or k.owner_id = :owner)) as duplicate_keys,
                   (select count(*) from wanted_resumes w
                     where w.candidate_id = any (:ids) and (:all or w.owner_id = :owner)) as wanted_resumes
            """;

    private static final String IMPORTED = """
            update candidate_import_rows i set candidate_id = null
             where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner)
            """;

    private static final String DELETE =
            "delete from candidates c where c.id = any (:ids) and (:all or c.owner_id = :owner)";

    private final DatabaseClient database;
    private final PersonQueries queries;
    private final Events events;

    CandidateData(DatabaseClient database, PersonQueries queries, Events events) {
        this.database = database;
        this.queries = queries;
        this.events = events;
    }

    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("candidates", "deleted, with all that was merged");
        for (String hanging : List.of(
                "candidate_search",
                "candidate_identities",
                "candidate_layers",
                "candidate_merges",
                "candidate_duplicate_keys",
                "candidate_duplicates",
                "candidate_notes",
                "candidate_shares",
                "candidate_status_changes",
                "recruiter_candidates",
                "candidate_tags",
                "wanted_resumes")) {
            tables.put(hanging, "deleted with the candidate");
        }
        tables.put("candidate_import_rows", "the id is blanked; what stood in the row was never kept");
        return tables;
    }

    /** @see Candidates#person */
    Mono<Person> person(Tenant tenant, UUID id) {
        record Member(UUID id, UUID owner) {}
        return database.sql(PERSON)
                .bind("id", id)
                .bind("all", tenant.seesAll())
                .bind("owner", CandidateRepository.uuid(tenant.accountId()))
                .map(row -> new Member(
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        Objects.requireNonNull(row.get("owner_id", UUID.class))))
                .all()
                .collectList()
                .filter(members -> !members.isEmpty())
                .flatMap(members -> {
                    List<UUID> ids = members.stream().map(Member::id).toList();
                    return database.sql(ROOT)
                            .bind("id", id)
                            .map(row -> Objects.requireNonNull(row.get("root", UUID.class)))
                            .one()
                            .flatMap(root -> apart(tenant, ids)
                                    .map(apart -> new Person(members.get(0).owner(), root, ids, apart)));
                });
    }

    private Mono<List<UUID>> apart(Tenant tenant, List<UUID> ids) {
        return database.sql(APART)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("all", tenant.seesAll())
                .bind("owner", CandidateRepository.uuid(tenant.accountId()))
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                .all()
                .collectList();
    }

    /** @see Candidates#inactive */
    Flux<Candidates.Inactive> inactive(
            Tenant tenant,
            @Nullable UUID owner,
            Collection<UUID> others,
            Instant since,
            Candidates.@Nullable Inactive after,
            int most) {
        DatabaseClient.GenericExecuteSpec query = owner == null
                ? database.sql(INACTIVE_OF_OTHERS)
                        .bind("others", others.toArray(UUID[]::new))
                        .bind("all", tenant.seesAll())
                        .bind("owner", CandidateRepository.uuid(tenant.accountId()))
                : database.sql(INACTIVE_OF).bind("owner", owner);
        return query.bind("since", since)
                .bind("after", after == null ? Instant.EPOCH : after.lastActivity())
                .bind("after_id", after == null ? new UUID(0, 0) : after.id())
                .bind("most", most)
                .map(row -> new Candidates.Inactive(
                        Objects.requireNonNull(row.get("owner_id", UUID.class)),
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        Objects.requireNonNull(row.get("updated_at", Instant.class))))
                .all();
    }

    @Override
    public Flux<Held> held(Person person, boolean byThemselves) {
        Flux<Held> all = Flux.concat(
                queries.held("profiles", PROFILES, person),
                queries.held("identities", IDENTITIES, person),
                queries.held("status_changes", MOVES, person));
        return byThemselves
                ? all.concatWith(queries.held("shared_with", SHARED_WITH, person))
                : Flux.concat(
                        all,
                        queries.held("notes", NOTES, person),
                        queries.held("tags", TAGS, person),
                        queries.held("shares", SHARES, person),
                        queries.held("merge_layers", LAYERS, person),
                        queries.held("possible_duplicates", DUPLICATES, person));
    }

    private record Row(UUID id, UUID owner, UUID candidate) {}

    private Mono<List<Row>> rows(String sql, Person person) {
        return queries.bound(sql, person)
                .map(row -> new Row(
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        Objects.requireNonNull(row.get("owner_id", UUID.class)),
                        Objects.requireNonNull(row.get("candidate_id", UUID.class))))
                .all()
                .collectList();
    }

    @Override
    public Mono<Erased> erase(Person person) {
        return Mono.zip(
                        rows(NOTE_ROWS, person),
                        rows(SHARE_ROWS, person),
                        queries.ids(DUPLICATE_IDS, person),
                        queries.ids(OTHER_IDS, person),
                        queries.bound(OTHER_COUNTS, person).fetch().one(),
                        queries.ids(IMPORTS, person))
                .delayUntil(found -> queries.change(IMPORTED, person))
                .flatMap(found -> queries.change(DELETE, person)
                        .flatMap(deleted -> deleted == 0
                                ? Mono.just(Erased.NOTHING)
                                : told(person, found.getT1(), found.getT2(), found.getT3())
                                        .thenReturn(erased(
                                                        person,
                                                        deleted,
                                                        found.getT1(),
                                                        found.getT2(),
                                                        found.getT3(),
                                                        found.getT4(),
                                                        found.getT5())
                                                .and(new Erased(Map.of(), found.getT6(), Set.of())))));
    }

    private static Erased erased(
            Person person,
            long deleted,
            List<Row> notes,
            List<Row> shares,
            Set<String> duplicates,
            Set<String> others,
            Map<String, Object> counts) {
        Set<String> ids = new HashSet<>(others);
        ids.addAll(duplicates);
        person.candidateIds().forEach(id -> ids.add(IdKind.CANDIDATE.format(id)));
        notes.forEach(note -> ids.add(IdKind.NOTE.format(note.id())));
        shares.forEach(share -> ids.add(IdKind.SHARE.format(share.id())));
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("profiles", deleted);
        all.put("notes", (long) notes.size());
        all.put("shares", (long) shares.size());
        all.put("possible_duplicates", (long) duplicates.size());
        all.put("moves_and_merges", (long) others.size());
        counts.forEach((what, count) -> all.put(what, count instanceof Number number ? number.longValue() : 0L));
        return new Erased(all, ids, Set.of());
    }

    /** Tells open lists, each by the events that it follows, and the index of rankings. */
    private Mono<Void> told(Person person, List<Row> notes, List<Row> shares, Set<String> duplicates) {
        List<NewEvent> all = new ArrayList<>();
        notes.forEach(
                note -> all.add(NewEvent.owned(note.owner(), "note.removed", IdKind.NOTE.format(note.id()), Map.of())
                        .under(IdKind.CANDIDATE.format(note.candidate()))));
        shares.forEach(share -> all.add(CandidateEvents.of(
                CandidateEvents.UNSHARED,
                share.owner(),
                share.candidate(),
                Map.of("share_id", IdKind.SHARE.format(share.id())))));
        duplicates.forEach(pair ->
                all.add(NewEvent.owned(person.ownerId(), "duplicate.removed", pair, Map.of("duplicate_id", pair))));
        person.candidateIds()
                .forEach(id -> all.add(CandidateEvents.of(CandidateEvents.REMOVED, person.ownerId(), id, Map.of())));
        return Flux.fromIterable(all).buffer(500).concatMap(events::append).then();
    }
}
