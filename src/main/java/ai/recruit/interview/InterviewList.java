package ai.recruit.interview;

import ai.recruit.kernel.IdKind;
import ai.recruit.web.RowList;
import java.util.List;
import java.util.Set;

/** The interviews that somebody sees, the newest first, without their questions. */
final class InterviewList {

    /**
     * How an interview ended, in the words of somebody else, is nothing for an interviewer whose own scorecard is open.
     */
    private static final String TOLD = "case when r.closed_by is distinct from recruit_account() and ("
            + InterviewRepository.MINE.formatted("r") + ") = 'open' then null else r.%s end as %<s";

    static final RowList ROWS = new RowList(
                    "interviews",
                    IdKind.INTERVIEW,
                    """
                    i.id, i.owner_id, i.candidate_id, i.candidate_name, i.position_id, i.position_title, i.status,
                    i.difficulty_level, i.focus_areas, i.language, i.seed, i.total_questions, i.total_minutes,
                    i.interviewers, i.scheduled_at, i.duration_minutes, i.time_zone, i.location, i.url, i.outcome,
                    i.summary, i.cancel_reason, i.closed_by, i.generated_at, i.updated_at, i.version""",
                    "interviews i",
                    """
                    public_id('int', r.id) as interview_id, public_id('cand', r.candidate_id) as candidate_id,
                    r.candidate_name, public_id('pos', r.position_id) as position_id, r.position_title, r.status,
                    public_id('usr', r.owner_id) as owner_id, r.difficulty_level, r.focus_areas, r.language, r.seed,
                    r.total_questions, r.total_minutes as total_estimated_duration_minutes,
                    public_time(r.scheduled_at) as scheduled_at, r.duration_minutes, r.time_zone, r.location, r.url,
                    array(select public_id('usr', w.id) from unnest(r.interviewers) with ordinality w (id, n)
                        order by w.n) as interviewers,
                    """
                            + InterviewRepository.MINE.formatted("r") + " as my_scorecard, "
                            + TOLD.formatted("outcome") + ", " + TOLD.formatted("summary") + ", "
                            + TOLD.formatted("cancel_reason")
                            + ", public_time(r.generated_at) as generated_at,"
                            + " public_time(r.updated_at) as updated_at, r.version",
                    // Ids are in the order of time.
                    List.of(new RowList.Key("i.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of("candidate_id", "position_id", "status"),
                    RowList.Tail.of(
                            Set.of(InterviewTrail.GENERATED, InterviewTrail.ASSIGNED),
                            Set.of(
                                    InterviewTrail.SCHEDULED,
                                    InterviewTrail.COMPLETED,
                                    InterviewTrail.CANCELLED,
                                    InterviewTrail.CHANGED,
                                    InterviewTrail.UNASSIGNED)))
            .where(InterviewRepository.VISIBLE);

    private InterviewList() {}
}
