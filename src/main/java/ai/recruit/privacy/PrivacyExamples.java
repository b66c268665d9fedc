package ai.recruit.privacy;

/** Answers as the API description shows them. */
final class PrivacyExamples {

    static final String CONSENT = """
            {"id": "cons_0192f0c1a2b37c4d8e5f60718293a4b5", "candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6",
             "purpose": "sharing", "basis": "consent", "source": "email",
             "statement": "I agree that my profile is shown to other recruiters",
             "given_at": "2026-01-15T10:30:00.000Z", "expires_at": null,
             "recorded_by": "usr_0192f0c1a2b37c4d8e5f60718293a4b7", "recorded_at": "2026-01-15T10:31:00.000Z",
             "withdrawn_at": null, "withdrawn_by": null, "active": true}""";

    static final String CONSENTS = "{\"data\": [" + CONSENT + "], \"pagination\": {\"total\": 1, \"page\": 1,"
            + " \"limit\": 20, \"total_pages\": 1, \"skip\": 0}}";

    static final String ERASURE_OF_RESUME = """
            {"id": "era_0192f0c1a2b37c4d8e5f60718293a4b5", "state": "removing_files", "cause": "request_of_person",
             "requested_by": "usr_0192f0c1a2b37c4d8e5f60718293a4b7", "requested_at": "2026-01-15T10:30:00.000Z",
             "completed_at": null, "attempts": 0, "problem": null, "files_left": 1, "erased": {"resumes": 1},
             "subject_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             "certificate_sha256": null}""";

    static final String ERASURE = """
            {"id": "era_0192f0c1a2b37c4d8e5f60718293a4b5", "state": "clearing_traces", "cause": "request_of_person",
             "requested_by": "usr_0192f0c1a2b37c4d8e5f60718293a4b7", "requested_at": "2026-01-15T10:30:00.000Z",
             "completed_at": null, "attempts": 0, "problem": null, "files_left": 0,
             "erased": {"notes": 3, "shares": 0, "matches": 41, "resumes": 2, "consents": 0, "disputes": 0,
               "profiles": 1, "rematches": 0, "tag_lists": 1, "identities": 1, "interviews": 0,
               "scorecards": 0, "batch_items": 0, "corrections": 0, "enrichments": 0, "invitations": 0,
               "match_facts": 0, "merge_layers": 0, "account_links": 0, "duplicate_keys": 0,
               "parsed_resumes": 0, "wanted_resumes": 0, "moves_and_merges": 0, "possible_duplicates": 0},
             "subject_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             "certificate_sha256": null}""";

    static final String ERASURES = "{\"data\": [" + ERASURE + "], \"pagination\": {\"total\": 1, \"page\": 1,"
            + " \"limit\": 20, \"total_pages\": 1, \"skip\": 0}}";

    static final String CERTIFICATE = """
            {"certificate": "recruit-erasure-1", "id": "era_0192f0c1a2b37c4d8e5f60718293a4b5",
             "subject_sha256": ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
             "cause": "request_of_person", "requested_by": "usr_0192f0c1a2b37c4d8e5f60718293a4b7",
             "requested_at": "2026-01-15T10:30:00.000Z", "completed_at": "2026-01-15T10:30:04.000Z",
             "erased": {"events": 12, "files": 2, "matches": 41, "notes": 3, "profiles": 1, "resumes": 2},
             "remains": ["entries of the audit without their details", "events without their data",
               "backups that were made before"]}""";

    static final String PERSONAL_DATA = """
            {"format": "recruit-personal-data-1", "candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6",
             "exported_at": "2026-01-15T10:30:00Z",
             "profiles": [{"id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6", "first_name": "Anna", "last_name": "Petrova"}],
             "resumes": [{"id": "res_0192f0c1a2b37c4d8e5f60718293a4b8", "filename": "anna.pdf", "parsed": {}}],
             "matches": [{"id": "match_0192f0c1a2b37c4d8e5f60718293a4b9", "score": 0.87,
               "explanation": "7 of 8 required skills"}], "consents": []}""";

    static final String HOLD = """
            {"candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6", "reason": "Case 17/2026",
             "placed_by": "usr_0192f0c1a2b37c4d8e5f60718293a4b7", "placed_at": "2026-01-15T10:30:00.000Z"}""";

    static final String INVITATION = """
            {"candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6",
             "code": "rci_3q2-7wEjRWeJq83v_h2kZXhhbXBsZS1jb2RlLTMyYnk", "expires_at": "2026-01-22T10:30:00Z"}""";

    static final String RETENTION = """
            {"days": 730, "grace_days": 30, "action": "erase", "source": "own",
             "updated_at": "2026-01-15T10:30:00.000Z"}""";

    static final String DUE = """
            {"rule": {"days": 730, "grace_days": 30, "action": "erase", "source": "own",
               "updated_at": "2026-01-15T10:30:00.000Z"},
             "data": [{"candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6",
               "last_activity": "2024-01-10T08:00:00Z", "due_since": "2026-01-09T08:00:00Z",
               "erased_from": "2026-02-08T08:00:00Z", "legal_hold": false}], "complete": true,
             "next_cursor": null}""";

    static final String PROFILES = """
            {"data": [{"candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6", "linked_at": "2026-01-15T10:30:00.000Z",
              "first_name": "Anna", "last_name": "Petrova", "status": "interview"}]}""";

    static final String CORRECTION = """
            {"candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6", "corrected": ["title"]}""";

    static final String DISPUTE = """
            {"id": "disp_0192f0c1a2b37c4d8e5f60718293a4b5", "candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6",
             "about": "score", "reference": "match_0192f0c1a2b37c4d8e5f60718293a4b9",
             "statement": "Six years with PostgreSQL are not counted", "status": "open", "answer": null,
             "opened_at": "2026-01-15T10:30:00.000Z", "answered_at": null}""";

    static final String DISPUTES = "{\"data\": [" + DISPUTE + "], \"pagination\": {\"total\": 1, \"page\": 1,"
            + " \"limit\": 20, \"total_pages\": 1, \"skip\": 0}}";

    static final String WITHDRAWAL = """
            {"candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b6", "consents_withdrawn": 2, "status": "withdrawn",
             "erasure": null}""";

    private PrivacyExamples() {}
}
