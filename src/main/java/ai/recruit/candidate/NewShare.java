package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Candidates to be shared with recruiters, each with each (requirements R048 and R178 to R182).
 *
 * @param canViewContactInfo whether they see e-mail address and phone number; false without it, as are the others
 * @param expiresAt when the shares end by themselves; never without it
 */
@Schema(example = """
                {"candidate_ids": ["cand_0192f0c1a2b37c4d8e5f60718293a4b5"],
                 "recruiter_ids": ["usr_0192f0c1a2b37c4d8e5f60718293a4b6"], "can_view_contact_info": true,
                 "can_download_resume": true, "can_submit_to_jobs": false, "reason": "Urgent role",
                 "notes": "Ask about relocation", "expires_at": "2030-01-31T00:00:00Z"}""")
record NewShare(
        @Nullable List<@Nullable String> candidateIds,
        @Nullable List<@Nullable String> recruiterIds,
        @Nullable Boolean canViewContactInfo,
        @Nullable Boolean canDownloadResume,
        @Nullable Boolean canSubmitToJobs,
        @Nullable String reason,
        @Nullable String notes,
        @Nullable Instant expiresAt) {

    /** How many shares one request makes at most. */
    private static final int MOST = 10_000;

    private static final int LONGEST = 2_000;

    /** A share that has been checked; whether candidates and recruiters exist is left to the caller. */
    record Checked(
            Set<UUID> candidates,
            Set<UUID> recruiters,
            boolean contact,
            boolean download,
            boolean submit,
            @Nullable String reason,
            @Nullable String notes,
            @Nullable Instant expiresAt) {}

    Checked checked(Instant now) {
        FieldChecks checks = new FieldChecks();
        Set<UUID> candidates = ids(checks, "candidate_ids", candidateIds, IdKind.CANDIDATE);
        Set<UUID> recruiters = ids(checks, "recruiter_ids", recruiterIds, IdKind.ACCOUNT);
        if ((long) candidates.size() * recruiters.size() > MOST) {
            checks.reject(
                    "candidate_ids", "times recruiter_ids must be at most " + MOST + " shares; send several requests");
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            checks.reject("expires_at", "must lie in the future");
        }
        Checked checked = new Checked(
                candidates,
                recruiters,
                Boolean.TRUE.equals(canViewContactInfo),
                Boolean.TRUE.equals(canDownloadResume),
                Boolean.TRUE.equals(canSubmitToJobs),
                checks.text("reason", reason, LONGEST),
                checks.text("notes", notes, LONGEST),
                expiresAt);
        checks.verify();
        return checked;
    }

    private static Set<UUID> ids(
            FieldChecks checks, String field, @Nullable List<@Nullable String> texts, IdKind kind) {
        Set<UUID> ids = new LinkedHashSet<>();
        if (texts == null || texts.isEmpty()) {
            checks.reject(field, "must hold at least one id");
            return ids;
        }
        if (texts.size() > MOST) {
            throw Problem.invalid(field, "must hold at most " + MOST + " ids");
        }
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            Optional<UUID> id = text == null ? Optional.empty() : kind.parse(text);
            if (id.isPresent()) {
                ids.add(id.get());
            } else {
                checks.reject(field + "[" + i + "]", "must be an id such as " + kind.prefix() + "_...");
            }
        }
        return ids;
    }
}
