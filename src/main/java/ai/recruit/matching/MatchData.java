package ai.recruit.matching;

import ai.recruit.candidate.Candidates;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.person.Erased;
import ai.recruit.person.Held;
import ai.recruit.person.Person;
import ai.recruit.person.PersonQueries;
import ai.recruit.person.PersonalData;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Scores of a person, why they are what they are, and the facts that they rest on. */
@Component
class MatchData implements PersonalData {

    private static final String MATCHES = """
            select jsonb_build_object('id', public_id('match', m.id), 'job_id', public_id('job', m.job_id),
                       'score', m.score / 10000.0, 'skill_score', m.skill_score / 10000.0,
                       'experience_score', m.experience_score / 10000.0,
                       'education_score', m.education_score / 10000.0, 'location_score', m.location_score / 10000.0,
                       'salary_score', m.salary_score / 10000.0, 'conditions_score', m.conditions_score / 10000.0,
                       'matching_skills', m.matching_skills, 'missing_skills', m.missing_skills,
                       'explanation', m.explanation, 'engine_version', m.engine_version, 'is_active', m.is_active,
                       'made_at', public_time(m.created_at), 'updated_at', public_time(m.updated_at)) as row
              from matches m where m.candidate_id = any (:ids) and (:all or m.owner_id = :owner)
             order by m.score desc, m.id desc
            """;

    private static final String FACTS = """
            select jsonb_build_object('hash', f.hash, 'facts', f.facts) as row
              from match_candidate_facts f where f.candidate_id = any (:ids) and (:all or f.owner_id = :owner)
            """;

    private static final String DELETE = """
            delete from matches m where m.candidate_id = any (:ids) and (:all or m.owner_id = :owner)
            returning m.id, m.owner_id, m.candidate_id, m.job_id, m.score, m.is_active
            """;

    private static final String DELETE_FACTS = """
            delete from match_candidate_facts f where f.candidate_id = any (:ids) and (:all or f.owner_id = :owner)
            """;

    private static final String DELETE_REMATCHES = """
            delete from rematches r where r.candidate_id = any (:ids) and (:all or r.owner_id = :owner)
            """;

    // Facts of whom somebody else was merged with by mistake may be that person's.
    private static final String DELETE_APART = """
            delete from match_candidate_facts f where f.candidate_id = any (:ids) and (:all or f.owner_id = :owner)
            returning f.candidate_id
            """;

    private static final String BLANK_APART = """
            update matches m
               set candidate_facts = null, inputs_hash = null, score_hash = null,
                   explanation = case when m.is_active then m.explanation else '' end,
                   matching_skills = case when m.is_active then m.matching_skills else '{}' end
             where m.candidate_id = any (:ids) and (:all or m.owner_id = :owner)
            """;

    private static final String WANTED = "candidate.match_wanted";

    private static final String DELETE_OWN = "delete from matching_profiles p where p.owner_id = :owner";

    private final PersonQueries queries;
    private final MatchWriter writer;
    private final DatabaseClient database;
    private final Events events;

    MatchData(PersonQueries queries, MatchWriter writer, DatabaseClient database, Events events) {
        this.queries = queries;
        this.writer = writer;
        this.database = database;
        this.events = events;
    }

    @Override
    public Map<String, String> tables() {
        return Map.of(
                "matches", "deleted",
                "match_candidate_facts", "deleted",
                "rematches", "those of the candidate are deleted",
                "matching_profiles",
                        "what an account says of its own person; deleted with the last candidate that it is linked with");
    }

    @Override
    public Flux<Held> held(Person person, boolean byThemselves) {
        return Flux.concat(queries.held("matches", MATCHES, person), queries.held("match_facts", FACTS, person));
    }

    @Override
    public Mono<Erased> eraseOwn(UUID accountId) {
        String account = IdKind.ACCOUNT.format(accountId);
        return database.sql(DELETE_OWN)
                .bind("owner", accountId)
                .fetch()
                .rowsUpdated()
                .delayUntil(gone -> gone == 0
                        ? Mono.empty()
                        : events.append(NewEvent.owned(
                                accountId, MatchingProfiles.UPDATED, account, Map.of("user_id", account))))
                .map(gone -> new Erased(Map.of("matching_profiles", gone), Set.of(), Set.of()));
    }

    @Override
    public Mono<Erased> erase(Person person) {
        record Gone(MatchRepository.Changed match, boolean active) {}
        return queries.bound(DELETE, person)
                .map(row -> new Gone(
                        new MatchRepository.Changed(
                                Objects.requireNonNull(row.get("id", UUID.class)),
                                Objects.requireNonNull(row.get("owner_id", UUID.class)),
                                Objects.requireNonNull(row.get("candidate_id", UUID.class)),
                                Objects.requireNonNull(row.get("job_id", UUID.class)),
                                Objects.requireNonNull(row.get("score", Integer.class)),
                                false),
                        Boolean.TRUE.equals(row.get("is_active", Boolean.class))))
                .all()
                .collectList()
                .delayUntil(gone -> writer.removed(
                        Flux.fromIterable(gone).filter(Gone::active).map(Gone::match)))
                .delayUntil(gone -> forgetOfThoseApart(person))
                .flatMap(gone -> queries.change(DELETE_FACTS, person)
                        .flatMap(facts -> queries.change(DELETE_REMATCHES, person)
                                .map(rematches -> {
                                    Set<String> ids = new HashSet<>();
                                    gone.forEach(match -> ids.add(
                                            IdKind.MATCH.format(match.match().id())));
                                    return new Erased(
                                            Map.of(
                                                    "matches", (long) gone.size(),
                                                    "match_facts", facts,
                                                    "rematches", rematches),
                                            ids,
                                            Set.of());
                                })));
    }

    /** Matches of those who were one with the person once lose what they were made from, and are made anew. */
    private Mono<Void> forgetOfThoseApart(Person person) {
        Person apart = new Person(person.ownerId(), person.candidateId(), person.apartIds(), List.of());
        return person.apartIds().isEmpty()
                ? Mono.empty()
                : queries.bound(DELETE_APART, apart)
                        .map(row -> Objects.requireNonNull(row.get("candidate_id", UUID.class)))
                        .all()
                        .collect(HashSet<UUID>::new, Set::add)
                        .delayUntil(ids -> queries.change(BLANK_APART, apart))
                        .filter(ids -> !ids.isEmpty())
                        .flatMap(ids -> events.append(ids.stream()
                                .map(IdKind.CANDIDATE::format)
                                .map(id -> NewEvent.internal(WANTED, id, Map.of("candidate_id", id))
                                        .queuedTo(Candidates.MATCHING_QUEUE))
                                .toList()));
    }
}
