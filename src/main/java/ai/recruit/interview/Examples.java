package ai.recruit.interview;

/** Requests and answers as the description of the API shows them. */
final class Examples {

    private static final String QUESTIONS = """
            [{"id": "q_1",
              "question": "You list Kafka, but none of your dated jobs names it. Where did you use it, and what for?",
              "category": "technical_skills", "difficulty": "intermediate", "estimated_duration_minutes": 5,
              "template_id": "tech-undated-where",
              "evidence": {"kind": "undated_skill", "reason": "The profile claims Kafka; no dated job names it"}},
             {"id": "q_2",
              "question": "Which decision of yours at Example Corp had the widest effect?",
              "category": "problem_solving", "difficulty": "intermediate", "estimated_duration_minutes": 8,
              "template_id": "solve-job-decision",
              "evidence": {"kind": "recent_job", "reason": "The profile names work as Engineer at Example Corp"}}]""";

    static final String GENERATE = """
            {"candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b5",
             "position_id": "pos_0192f0c1a2b37c4d8e5f60718293a4b6",
             "question_count": 2, "difficulty_level": "intermediate",
             "focus_areas": ["technical_skills", "problem_solving"], "seed": 42, "language": "en"}""";

    static final String GENERATED = """
            {"interview_id": "int_0192f0c1a2b37c4d8e5f60718293a4b7",
             "candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b5",
             "position_id": "pos_0192f0c1a2b37c4d8e5f60718293a4b6",
             "questions": """ + QUESTIONS + """
            , "generated_at": "2026-01-15T11:00:00.000Z", "total_questions": 2,
             "total_estimated_duration_minutes": 13, "status": "generated", "difficulty_level": "intermediate",
             "focus_areas": ["technical_skills", "problem_solving"], "language": "en", "seed": 42}""";

    static final String ASKED = """
            {"interview_id": "int_0192f0c1a2b37c4d8e5f60718293a4b7",
             "questions": """ + QUESTIONS + """
            , "total_questions": 2, "total_estimated_duration_minutes": 13}""";

    private static final String BEFORE_STATUS = """
            {"interview_id": "int_0192f0c1a2b37c4d8e5f60718293a4b7",
             "candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b5", "candidate_name": "Anna Testova",
             "position_id": "pos_0192f0c1a2b37c4d8e5f60718293a4b6", "position_title": "Software Engineer",
             "owner_id": "usr_0192f0c1a2b37c4d8e5f60718293a4b8", "difficulty_level": "intermediate",
             "focus_areas": ["technical_skills", "problem_solving"], "language": "en", "seed": 42,
             "total_questions": 2, "total_estimated_duration_minutes": 13,
             "scheduled_at": "2026-02-01T09:00:00.000Z", "duration_minutes": 60, "time_zone": "Asia/Bishkek",
             "location": null, "url": "https://meet.example.com/4f2a",
             "interviewers": ["usr_0192f0c1a2b37c4d8e5f60718293a4b9"], "my_scorecard": null,
             "generated_at": "2026-01-15T11:00:00.000Z", "updated_at": "2026-01-15T11:05:00.000Z", "version": 2,
            """;

    static final String SCHEDULED = BEFORE_STATUS + """
             "status": "scheduled", "outcome": null, "summary": null, "cancel_reason": null}""";

    static final String COMPLETED = BEFORE_STATUS + """
             "status": "completed", "outcome": "passed", "summary": "Strong in design.", "cancel_reason": null}""";

    static final String CANCELLED = BEFORE_STATUS + """
             "status": "cancelled", "outcome": null, "summary": null, "cancel_reason": "The position is filled."}""";

    static final String LIST = "{\"success\": true, \"data\": [" + SCHEDULED + """
            ], "pagination": {"total": 1, "skip": 0, "limit": 20, "page": 1, "total_pages": 1}}""";

    static final String SCHEDULE = """
            {"scheduled_at": "2026-02-01T15:00:00+06:00", "duration_minutes": 60, "time_zone": "Asia/Bishkek",
             "url": "https://meet.example.com/4f2a", "interviewers": ["usr_0192f0c1a2b37c4d8e5f60718293a4b9"]}""";

    static final String COMPLETE = """
            {"outcome": "passed", "summary": "Strong in design."}""";

    static final String CANCEL = """
            {"reason": "The position is filled."}""";

    static final String CARD = """
            {"ratings": [
               {"question_id": "q_1", "score": 4, "comment": "Named the trade-offs before being asked."},
               {"criterion": "Systems thinking", "score": 5}],
             "recommendation": "yes", "summary": "Solid; knows the limits of what was built.", "status": "submitted"}""";

    static final String SUBMITTED = """
            {"interviewer": "usr_0192f0c1a2b37c4d8e5f60718293a4b9", "status": "submitted", "ratings": [
               {"question_id": "q_1", "criterion": null, "score": 4,
                "comment": "Named the trade-offs before being asked."},
               {"question_id": null, "criterion": "Systems thinking", "score": 5, "comment": null}],
             "recommendation": "yes", "summary": "Solid; knows the limits of what was built.",
             "updated_at": "2026-02-01T10:10:00.000Z", "submitted_at": "2026-02-01T10:10:00.000Z"}""";

    static final String CARDS = """
            {"interview_id": "int_0192f0c1a2b37c4d8e5f60718293a4b7", "blind": false,
             "submitted": [{"interviewer": "usr_0192f0c1a2b37c4d8e5f60718293a4b9",
                            "submitted_at": "2026-02-01T10:10:00.000Z"}],
             "pending": [], "scorecards": [""" + SUBMITTED + "]}";

    private Examples() {}
}
