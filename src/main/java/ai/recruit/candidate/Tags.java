package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.TenantTransactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Words that an account marks candidates with. Each account has its own, for candidates that are shared with it too; an
 * administrator works on those of the owner. Two tags that differ in case alone are one.
 */
@Component
class Tags {

    static final int MOST = 50;
    static final int LONGEST = 50;

    private static final String BEGIN = """
            insert into recruiter_candidates (owner_id, candidate_id, source) values (:account, :candidate, 'shared')
            on conflict do nothing
            """;

    private static final String LOCK = """
            select m.tags from recruiter_candidates m
            where m.owner_id = :account and m.candidate_id = :candidate
            for update
            """;

    private static final String SET = """
            update recruiter_candidates m set tags = cast(:tags as text[])
            where m.owner_id = :account and m.candidate_id = :candidate
            """;

    private final Candidates candidates;
    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;

    Tags(
            Candidates candidates,
            DatabaseClient database,
            TenantTransactions transactions,
            Events events,
            Audits audits) {
        this.candidates = candidates;
        this.database = database;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
    }

    /** Adds those that are not there yet; gives back all. */
    Mono<List<String>> add(Caller caller, UUID candidateId, List<String> tags) {
        return change(caller, candidateId, "tag.added", present -> {
            Map<String, String> all = byKey(present);
            List<String> added = new ArrayList<>();
            for (String tag : tags) {
                if (all.putIfAbsent(key(tag), tag) == null) {
                    added.add(tag);
                }
            }
            if (all.size() > MOST) {
                throw Problem.invalid("tags", "a candidate has at most " + MOST + " tags");
            }
            return new Outcome(List.copyOf(all.values()), added);
        });
    }

    /** Takes one away; gives back the rest. */
    Mono<List<String>> remove(Caller caller, UUID candidateId, String tag) {
        return change(caller, candidateId, "tag.removed", present -> {
            Map<String, String> all = byKey(present);
            String gone = all.remove(key(tag));
            if (gone == null) {
                throw new Problem(ProblemCode.RESOURCE_NOT_FOUND, "The candidate has no such tag");
            }
            return new Outcome(List.copyOf(all.values()), List.of(gone));
        });
    }

    /**
     * @param all the tags afterwards
     * @param changed those that have come or gone
     */
    private record Outcome(List<String> all, List<String> changed) {}

    private interface Change {

        Outcome of(List<String> present);
    }

    private Mono<List<String>> change(Caller caller, UUID candidateId, String action, Change change) {
        return candidates.get(caller.tenant(), candidateId).flatMap(candidate -> {
            UUID account = candidate.access().own() ? candidate.ownerId() : caller.accountId();
            return transactions.mono(
                    caller.tenant(),
                    () -> bound(BEGIN, account, candidate.id())
                            .then()
                            .then(Mono.defer(() -> bound(LOCK, account, candidate.id())
                                    .map(row -> List.of(present(row.get("tags", String[].class))))
                                    .one()))
                            .map(change::of)
                            .flatMap(outcome -> outcome.changed().isEmpty()
                                    ? Mono.just(outcome.all())
                                    : bound(SET, account, candidate.id())
                                            .bind("tags", outcome.all().toArray(String[]::new))
                                            .then()
                                            .then(Mono.defer(() -> told(caller, candidate, account, action, outcome)))
                                            .thenReturn(outcome.all())));
        });
    }

    private Mono<Void> told(Caller caller, Candidate candidate, UUID account, String action, Outcome outcome) {
        return events.append(CandidateEvents.of(CandidateEvents.TAGGED, account, candidate.id(), Map.of()))
                .then(Mono.defer(() -> audits.record(outcome.changed().stream()
                        .map(tag -> AuditEntry.by(
                                        caller, action, IdKind.CANDIDATE.format(candidate.id()), candidate.ownerId())
                                .with(Map.of("tag", tag)))
                        .toList())));
    }

    private DatabaseClient.GenericExecuteSpec bound(String sql, UUID account, UUID candidateId) {
        return database.sql(sql).bind("account", account).bind("candidate", candidateId);
    }

    private static String[] present(String[] tags) {
        return tags == null ? new String[0] : tags;
    }

    private static Map<String, String> byKey(List<String> tags) {
        Map<String, String> all = new LinkedHashMap<>();
        tags.forEach(tag -> all.put(key(tag), tag));
        return all;
    }

    private static String key(String tag) {
        return tag.strip().toLowerCase(Locale.ROOT);
    }
}
