package ai.recruit.privacy;

import ai.recruit.person.Erased;
import ai.recruit.person.Held;
import ai.recruit.person.Person;
import ai.recruit.person.PersonQueries;
import ai.recruit.person.PersonalData;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What this feature itself holds about a person. */
@Component
class PrivacyData implements PersonalData {

    private static final String CONSENTS = """
            select to_jsonb(c) || jsonb_build_object('id', public_id('cons', c.id), 'owner_id', public_id('usr', c.owner_id),
                       'candidate_id', public_id('cand', c.candidate_id), 'recorded_by', public_id('usr', c.recorded_by),
                       'withdrawn_by', public_id('usr', c.withdrawn_by)) as row
              from consents c where c.candidate_id = any (:ids) and (:all or c.owner_id = :owner) order by c.id
            """;

    private static final String CORRECTIONS = """
            select jsonb_build_object('before', k.before, 'after', k.after, 'at', public_time(k.corrected_at)) as row
              from candidate_corrections k where k.candidate_id = any (:ids) and (:all or k.owner_id = :owner) order by k.id
            """;

    private static final String DISPUTES = """
            select jsonb_build_object('id', public_id('disp', d.id), 'about', d.about, 'reference', d.reference,
                       'statement', d.statement, 'status', d.status, 'answer', d.answer,
                       'opened_at', public_time(d.opened_at), 'answered_at', public_time(d.answered_at)) as row
              from disputes d where d.candidate_id = any (:ids) and (:all or d.owner_id = :owner) order by d.id
            """;

    private static final String HOLDS = """
            select jsonb_build_object('reason', h.reason, 'placed_at', public_time(h.placed_at)) as row
              from legal_holds h where h.candidate_id = any (:ids) and (:all or h.owner_id = :owner)
            """;

    private static final String ACCOUNTS = """
            select jsonb_build_object('account', public_id('usr', a.account_id), 'linked_at', public_time(a.linked_at)) as row
              from candidate_accounts a where a.candidate_id = any (:ids) and (:all or a.owner_id = :owner)
            """;

    private static final String IDS = """
            select public_id('cons', c.id) as id from consents c
             where c.candidate_id = any (:ids) and (:all or c.owner_id = :owner)
            union all
            select public_id('disp', d.id) from disputes d
             where d.candidate_id = any (:ids) and (:all or d.owner_id = :owner)
            """;

    // Accounts that know this person through no other candidate.
    private static final String LAST_LINKS = """
            select distinct a.account_id from candidate_accounts a
             where a.candidate_id = any (:ids) and (:all or a.owner_id = :owner)
               and not exists (
                    select from candidate_accounts o
                     where o.account_id = a.account_id and o.candidate_id <> all (:ids)
                       and (:all or o.owner_id = :owner))
            """;

    private static final Map<String, String> DELETES = Map.of(
            "consents",
            "delete from consents c where c.candidate_id = any (:ids) and (:all or c.owner_id = :owner)",
            "corrections",
            "delete from candidate_corrections k where k.candidate_id = any (:ids) and (:all or k.owner_id = :owner)",
            "disputes",
            "delete from disputes d where d.candidate_id = any (:ids) and (:all or d.owner_id = :owner)",
            "account_links",
            "delete from candidate_accounts a where a.candidate_id = any (:ids) and (:all or a.owner_id = :owner)",
            "invitations",
            "delete from candidate_invitations i where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner)");

    private final PersonQueries queries;

    PrivacyData(PersonQueries queries) {
        this.queries = queries;
    }

    @Override
    public Map<String, String> tables() {
        return Map.of(
                "consents", "deleted",
                "candidate_corrections", "deleted",
                "disputes", "deleted",
                "candidate_accounts", "deleted",
                "candidate_invitations", "deleted",
                "legal_holds", "none while there is one: a hold keeps the person from being erased",
                "erasures", "ids until it is completed, then a hash of the candidate's id");
    }

    @Override
    public Flux<Held> held(Person person, boolean byThemselves) {
        Flux<Held> all = Flux.concat(
                queries.held("consents", CONSENTS, person),
                queries.held("corrections", CORRECTIONS, person),
                queries.held("disputes", DISPUTES, person),
                queries.held("accounts", ACCOUNTS, person));
        return byThemselves ? all : all.concatWith(queries.held("legal_holds", HOLDS, person));
    }

    /** The accounts of the person that are linked with no other candidate. */
    Mono<List<UUID>> lastLinks(Person person) {
        return queries.bound(LAST_LINKS, person)
                .map(row -> Objects.requireNonNull(row.get("account_id", UUID.class)))
                .all()
                .collectList();
    }

    @Override
    public Mono<Erased> erase(Person person) {
        return queries.ids(IDS, person)
                .flatMap(ids -> Flux.fromIterable(List.copyOf(DELETES.entrySet()))
                        .concatMap(delete -> queries.change(delete.getValue(), person)
                                .map(count -> Map.entry(delete.getKey(), count)))
                        .collect(HashMap<String, Long>::new, (counts, one) -> counts.put(one.getKey(), one.getValue()))
                        .map(counts -> new Erased(counts, new HashSet<>(ids), Set.of())));
    }
}
