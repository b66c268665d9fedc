package ai.recruit.privacy;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A consent, or another reason to hold or use data, as it is written down.
 *
 * @param purpose {@code processing}, {@code matching}, {@code sharing}, {@code contact} or {@code enrichment}
 * @param basis {@code consent} (without it), {@code contract}, {@code legitimate_interest} or {@code legal_obligation}
 * @param source how it came: {@code candidate}, {@code recruiter} (without it), {@code upload}, {@code import},
 *     {@code form}, {@code email} or {@code phone}
 * @param statement the words that were agreed to
 * @param givenAt RFC 3339; now without it
 * @param expiresAt RFC 3339; never without it
 */
@Schema(
        example = "{\"purpose\": \"sharing\", \"basis\": \"consent\", \"source\": \"email\","
                + " \"statement\": \"I agree that my profile is shown to other recruiters\","
                + " \"given_at\": \"2026-01-15T10:30:00Z\"}")
record NewConsent(
        @Nullable String purpose,
        @Nullable String basis,
        @Nullable String source,
        @Nullable String statement,
        @Nullable String givenAt,
        @Nullable String expiresAt) {

    private static final int LONGEST = 10_000;
    private static final Set<String> PURPOSES = Set.of("processing", "matching", "sharing", "contact", "enrichment");
    private static final Set<String> BASES = Set.of("consent", "contract", "legitimate_interest", "legal_obligation");
    private static final Set<String> SOURCES =
            Set.of("candidate", "recruiter", "upload", "import", "form", "email", "phone");

    /** The same, right in every field. */
    record Checked(
            String purpose,
            String basis,
            String source,
            @Nullable String statement,
            Instant givenAt,
            @Nullable Instant expiresAt) {}

    /** @param theirs whether the person gives it themself, so that the source is known */
    Checked checked(Instant now, boolean theirs) {
        FieldChecks checks = new FieldChecks();
        String what = checks.required("purpose", purpose, 40);
        if (!what.isEmpty() && !PURPOSES.contains(what)) {
            checks.reject("purpose", "must be processing, matching, sharing, contact or enrichment");
        }
        String why = basis == null ? "consent" : basis.strip();
        if (!BASES.contains(why)) {
            checks.reject("basis", "must be consent, contract, legitimate_interest or legal_obligation");
        }
        String whence = theirs ? "candidate" : source == null ? "recruiter" : source.strip();
        if (!SOURCES.contains(whence)) {
            checks.reject("source", "must be candidate, recruiter, upload, import, form, email or phone");
        }
        String words = checks.text("statement", statement, LONGEST);
        Instant given = time(checks, "given_at", givenAt);
        Instant ends = time(checks, "expires_at", expiresAt);
        Instant from = given == null || theirs ? now : given;
        if (from.isAfter(now.plusSeconds(60))) {
            checks.reject("given_at", "must not lie in the future");
        }
        if (ends != null && !ends.isAfter(from)) {
            checks.reject("expires_at", "must be after given_at");
        }
        checks.verify();
        return new Checked(what, theirs ? "consent" : why, whence, words, from, ends);
    }

    private static @Nullable Instant time(FieldChecks checks, String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException wrong) {
            checks.reject(field, "must be a time such as 2026-01-15T10:30:00Z");
            return null;
        }
    }
}
