package ai.recruit.interview;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells what happened to interviews: to the owner as {@code interview.*} with ids alone, and to those who are or were named
 * as interviewers that an interview of theirs has come, changed or gone. No event says what a scorecard says or how an
 * interview ended, since events know nothing of who must not know yet.
 */
@Component
class InterviewTrail {

    static final String GENERATED = "interview.questions_generated";
    static final String SCHEDULED = "interview.scheduled";
    static final String COMPLETED = "interview.completed";
    static final String CANCELLED = "interview.cancelled";
    static final String SUBMITTED = "interview.scorecard_submitted";
    /** To an interviewer: somebody has named you. */
    static final String ASSIGNED = "interview.assigned";
    /** To an interviewer: an interview of yours has changed. */
    static final String CHANGED = "interview.assignment_changed";
    /** To an interviewer: you are no interviewer of it any more. */
    static final String UNASSIGNED = "interview.unassigned";

    /** In the audit alone. */
    static final String VIEWED = "interview.viewed";
    /** In the audit alone. */
    static final String SCORECARDS_VIEWED = "interview.scorecards_viewed";

    private final Events events;
    private final Audits audits;

    InterviewTrail(Events events, Audits audits) {
        this.events = events;
        this.audits = audits;
    }

    /** Appends in the transaction that the subscriber runs in. */
    Mono<Void> generated(Caller caller, NewInterview interview) {
        String id = IdKind.INTERVIEW.format(interview.id());
        String candidate = IdKind.CANDIDATE.format(interview.candidateId());
        Map<String, Object> data = ids(id, candidate, interview.positionId());
        data.put("total_questions", interview.questions().size());
        return record(
                caller,
                List.of(NewEvent.owned(interview.ownerId(), GENERATED, id, data).under(candidate)));
    }

    /** Appends in the transaction that the subscriber runs in. */
    Mono<Void> scheduled(Caller caller, StoredInterview before, Meeting meeting, List<UUID> interviewers) {
        Map<String, Object> data = ids(before);
        data.put("scheduled_at", meeting.at().toString());
        data.put("duration_minutes", meeting.durationMinutes());
        data.put("time_zone", meeting.zone().getId());
        data.put(
                "interviewers",
                interviewers.stream().map(IdKind.ACCOUNT::format).toList());
        List<NewEvent> all = new ArrayList<>();
        all.add(owned(before, before.ownerId(), SCHEDULED, data));
        for (UUID interviewer : interviewers) {
            all.add(owned(before, interviewer, before.interviewers().contains(interviewer) ? CHANGED : ASSIGNED, data));
        }
        before.interviewers().stream()
                .filter(interviewer -> !interviewers.contains(interviewer))
                .forEach(interviewer -> all.add(owned(before, interviewer, UNASSIGNED, ids(before))));
        return record(caller, all);
    }

    /** Completed or cancelled; appends in the transaction that the subscriber runs in. */
    Mono<Void> closed(Caller caller, StoredInterview before, String type) {
        List<NewEvent> all = new ArrayList<>();
        all.add(owned(before, before.ownerId(), type, ids(before)));
        before.interviewers().forEach(interviewer -> all.add(owned(before, interviewer, CHANGED, ids(before))));
        return record(caller, all);
    }

    /** Appends in the transaction that the subscriber runs in. */
    Mono<Void> submitted(Caller caller, StoredInterview interview) {
        Map<String, Object> data = ids(interview);
        data.put("interviewer_id", IdKind.ACCOUNT.format(caller.accountId()));
        return record(
                caller,
                List.of(
                        owned(interview, interview.ownerId(), SUBMITTED, data),
                        owned(interview, caller.accountId(), CHANGED, ids(interview))));
    }

    /** Records that somebody has read the questions, which tell of the candidate's profile, or scorecards. */
    Mono<Void> read(Caller caller, String action, StoredInterview interview) {
        return audits.recordRead(
                AuditEntry.by(caller, action, IdKind.INTERVIEW.format(interview.id()), interview.ownerId())
                        .under(IdKind.CANDIDATE.format(interview.candidateId())));
    }

    /** @param all the first is what was done, and so is its entry; the others tell it to those concerned */
    private Mono<Void> record(Caller caller, List<NewEvent> all) {
        NewEvent done = all.get(0);
        return events.append(all)
                .then(Mono.defer(() -> audits.record(AuditEntry.by(caller, done.type(), done.subject(), done.ownerId())
                        .under(done.parent()))));
    }

    private static NewEvent owned(StoredInterview interview, UUID account, String type, Map<String, ?> data) {
        return NewEvent.owned(account, type, IdKind.INTERVIEW.format(interview.id()), data)
                .under(IdKind.CANDIDATE.format(interview.candidateId()));
    }

    private static Map<String, Object> ids(StoredInterview interview) {
        return ids(
                IdKind.INTERVIEW.format(interview.id()),
                IdKind.CANDIDATE.format(interview.candidateId()),
                interview.positionId());
    }

    private static Map<String, Object> ids(String interview, String candidate, UUID position) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("interview_id", interview);
        data.put("candidate_id", candidate);
        data.put("position_id", IdKind.position(position));
        return data;
    }
}
