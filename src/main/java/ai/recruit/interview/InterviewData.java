package ai.recruit.interview;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.person.Erased;
import ai.recruit.person.Held;
import ai.recruit.person.Person;
import ai.recruit.person.PersonQueries;
import ai.recruit.person.PersonalData;
import java.time.Instant;
import java.util.Collection;
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

/** Interviews of a person, with questions that quote their profile, and what interviewers wrote. */
@Component
class InterviewData implements PersonalData {

    private static final String INTERVIEWS = """
            select to_jsonb(i) || jsonb_build_object('id', public_id('int', i.id), 'owner_id', public_id('usr', i.owner_id),
                       'candidate_id', public_id('cand', i.candidate_id),
                       'position_id', public_id('pos', i.position_id)) as row
              from interviews i where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner) order by i.id
            """;

    private static final String MEETINGS = """
            select jsonb_build_object('position', i.position_title, 'status', i.status, 'outcome', i.outcome,
                       'scheduled_at', public_time(i.scheduled_at), 'questions', i.total_questions) as row
              from interviews i where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner) order by i.id
            """;

    private static final String SCORECARDS = """
            select to_jsonb(s) || jsonb_build_object('interview_id', public_id('int', s.interview_id),
                       'owner_id', public_id('usr', s.owner_id)) as row
              from interview_scorecards s
             where s.interview_id in (select i.id from interviews i where i.candidate_id = any (:ids))
               and (:all or s.owner_id = :owner)
             order by s.interview_id, s.owner_id
            """;

    private static final String ROWS = """
            select i.id, i.candidate_id, array(
                       select v.owner_id from interview_viewers v where v.interview_id = i.id) as viewers,
                   (select count(*) from interview_scorecards s where s.interview_id = i.id) as scorecards
              from interviews i where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner)
            """;

    private static final String DELETE =
            "delete from interviews i where i.candidate_id = any (:ids) and (:all or i.owner_id = :owner)";

    private static final String ACTIVE = """
            select distinct i.candidate_id from interviews i
             where i.candidate_id = any (:candidates) and (:all or i.owner_id = :owner)
               and greatest(i.updated_at, i.scheduled_at) >= :since
            """;

    private final DatabaseClient database;
    private final PersonQueries queries;
    private final Events events;

    InterviewData(DatabaseClient database, PersonQueries queries, Events events) {
        this.database = database;
        this.queries = queries;
        this.events = events;
    }

    @Override
    public Map<String, String> tables() {
        return Map.of(
                "interviews", "deleted",
                "interview_viewers", "deleted with the interview",
                "interview_submissions", "deleted with the interview",
                "interview_scorecards", "deleted with the interview");
    }

    @Override
    public Flux<Held> held(Person person, boolean byThemselves) {
        return byThemselves
                ? queries.held("interviews", MEETINGS, person).flux()
                : Flux.concat(
                        queries.held("interviews", INTERVIEWS, person), queries.held("scorecards", SCORECARDS, person));
    }

    @Override
    public Flux<UUID> activeSince(Collection<UUID> candidateIds, Instant since) {
        return database.sql(ACTIVE)
                .bind("candidates", candidateIds.toArray(UUID[]::new))
                .bind("since", since)
                .bind("all", true)
                .bindNull("owner", UUID.class)
                .map(row -> Objects.requireNonNull(row.get("candidate_id", UUID.class)))
                .all();
    }

    @Override
    public Mono<Erased> erase(Person person) {
        record Gone(UUID id, UUID candidate, List<UUID> viewers, long scorecards) {}
        return queries.bound(ROWS, person)
                .map(row -> new Gone(
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        Objects.requireNonNull(row.get("candidate_id", UUID.class)),
                        List.of(Objects.requireNonNull(row.get("viewers", UUID[].class))),
                        Objects.requireNonNull(row.get("scorecards", Long.class))))
                .all()
                .collectList()
                .delayUntil(gone -> queries.change(DELETE, person))
                .delayUntil(gone -> Flux.fromIterable(gone)
                        .flatMapIterable(interview -> interview.viewers().stream()
                                .map(viewer -> NewEvent.owned(
                                                viewer,
                                                InterviewTrail.UNASSIGNED,
                                                IdKind.INTERVIEW.format(interview.id()),
                                                Map.of("interview_id", IdKind.INTERVIEW.format(interview.id())))
                                        .under(IdKind.CANDIDATE.format(interview.candidate())))
                                .toList())
                        .buffer(500)
                        .concatMap(events::append)
                        .then())
                .map(gone -> {
                    Set<String> ids = new HashSet<>();
                    gone.forEach(interview -> ids.add(IdKind.INTERVIEW.format(interview.id())));
                    return new Erased(
                            Map.of(
                                    "interviews",
                                    (long) gone.size(),
                                    "scorecards",
                                    gone.stream().mapToLong(Gone::scorecards).sum()),
                            ids,
                            Set.of());
                });
    }
}
