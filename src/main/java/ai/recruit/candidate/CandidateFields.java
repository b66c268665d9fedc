package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the fields of a candidate may hold. */
final class CandidateFields {

    static final int LONGEST_ID = 100;
    static final int LONGEST_SOURCE = 50;
    static final int LONGEST_TITLE = 300;
    static final int LONGEST_SUMMARY = 10_000;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_PHONE = 40;
    private static final int LONGEST_ADDRESS = 2_048;
    private static final int MOST_SKILLS = 200;
    private static final int LONGEST_SKILL = 100;
    private static final int MOST_YEARS = 80;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");
    private static final Pattern PHONE = Pattern.compile("\\+?[\\d\\s().x#/-]*");
    private static final int FEWEST_DIGITS = 5;

    private CandidateFields() {}

    static @Nullable String name(FieldChecks checks, String field, @Nullable String name) {
        String clean = checks.text(field, name, LONGEST_NAME);
        if (clean != null && clean.chars().anyMatch(Character::isISOControl)) {
            checks.reject(field, "must be on one line");
            return null;
        }
        return clean;
    }

    static @Nullable String email(FieldChecks checks, @Nullable String email) {
        String clean = checks.text("email", email, LONGEST_EMAIL);
        if (clean != null && !EMAIL.matcher(clean).matches()) {
            checks.reject("email", "must be an address like name@example.com");
            return null;
        }
        return clean;
    }

    static @Nullable String phone(FieldChecks checks, @Nullable String phone) {
        String clean = checks.text("phone", phone, LONGEST_PHONE);
        if (clean != null
                && (!PHONE.matcher(clean).matches()
                        || clean.chars().filter(Character::isDigit).count() < FEWEST_DIGITS)) {
            checks.reject("phone", "must be a number like +1-555-0100");
            return null;
        }
        return clean;
    }

    static @Nullable String address(FieldChecks checks, @Nullable String address) {
        String clean = checks.text("resume_url", address, LONGEST_ADDRESS);
        if (clean == null) {
            return null;
        }
        try {
            URI uri = new URI(clean);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getScheme() != null
                    && Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
                return clean;
            }
        } catch (URISyntaxException notAnAddress) {
            // Told below.
        }
        checks.reject("resume_url", "must be a complete http or https address without a user name");
        return null;
    }

    /** Null when none were sent. */
    static @Nullable List<@Nullable String> skills(FieldChecks checks, @Nullable List<@Nullable String> skills) {
        return skills == null ? null : List.copyOf(checks.texts("skills", skills, MOST_SKILLS, LONGEST_SKILL));
    }

    static @Nullable Integer years(FieldChecks checks, @Nullable Integer years) {
        if (years != null && (years < 0 || years > MOST_YEARS)) {
            checks.reject("experience_years", "must be between 0 and " + MOST_YEARS);
            return null;
        }
        return years;
    }
}
