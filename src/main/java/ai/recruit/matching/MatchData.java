package ai.recruit.matching;

import ai.recruit.kernel.IdKind;
import ai.recruit.person.Erased;
import ai.recruit.person.Held;
import ai.recruit.person.Person;
import ai.recruit.person.PersonQueries;
import ai.recruit.person.PersonalData;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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

    private final PersonQueries queries;
    private final MatchWriter writer;

    MatchData(PersonQueries queries, MatchWriter writer) {
        this.queries = queries;
        this.writer = writer;
    }

    @Override
    public Map<String, String> tables() {
        return Map.of(
                "matches", "deleted",
                "match_candidate_facts", "deleted",
                "rematches", "those of the candidate are deleted",
                "matching_profiles",
                        "what an account says of its own person; cleared through the account's own profile");
    }

    @Override
    public Flux<Held> held(Person person, boolean byThemselves) {
        return Flux.concat(queries.held("matches", MATCHES, person), queries.held("match_facts", FACTS, person));
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
}
