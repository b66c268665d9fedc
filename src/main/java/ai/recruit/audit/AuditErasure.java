package ai.recruit.audit;

import ai.recruit.person.Held;
import ai.recruit.person.Person;
import ai.recruit.person.PersonQueries;
import ai.recruit.person.PersonalData;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Entries about a person: who has seen them is theirs to know; the words in the details go when they go. */
@Component
class AuditErasure implements PersonalData {

    private static final String ENTRIES = """
            select jsonb_build_object('at', public_time(e.at), 'action', e.action, 'role', e.role, 'subject', e.subject,
                       'actor', public_id('usr', e.actor_id), 'address', e.address, 'details', e.details) as row
              from audit_entries e
             where (e.subject = any (array(select public_id('cand', i) from unnest(cast(:ids as uuid[])) i))
                    or e.parent = any (array(select public_id('cand', i) from unnest(cast(:ids as uuid[])) i)))
               and (:all or e.owner_id = :owner)
             order by e.id
            """;

    // Who exactly it was, and from where, is not the person's to know; in which role, when and what is.
    private static final String ACCESSES = """
            select jsonb_build_object('at', public_time(e.at), 'action', e.action, 'role', e.role) as row
              from audit_entries e
             where (e.subject = any (array(select public_id('cand', i) from unnest(cast(:ids as uuid[])) i))
                    or e.parent = any (array(select public_id('cand', i) from unnest(cast(:ids as uuid[])) i)))
               and (:all or e.owner_id = :owner)
             order by e.id
            """;

    private final AuditRepository repository;
    private final PersonQueries queries;

    AuditErasure(AuditRepository repository, PersonQueries queries) {
        this.repository = repository;
        this.queries = queries;
    }

    @Override
    public Map<String, String> tables() {
        return Map.of("audit_entries", "the details of entries about the person are blanked; ids and hashes stay");
    }

    @Override
    public Flux<Held> held(Person person, boolean byThemselves) {
        return queries.held("access_log", byThemselves ? ACCESSES : ENTRIES, person)
                .flux();
    }

    @Override
    public Mono<Map<String, Long>> forget(Set<String> ids) {
        return repository.eraseDetails(ids).map(count -> Map.of("audit_details", count));
    }
}
