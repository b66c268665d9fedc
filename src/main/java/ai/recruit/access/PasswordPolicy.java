package ai.recruit.access;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords are taken: long ones, of any characters, that are not the first ones a guesser tries (NIST SP 800-63B,
 * section 5.1.1.2).
 */
final class PasswordPolicy {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 200;

    private static final Set<String> COMMON = Set.of(
            "password",
            "passwort",
            "passw0rd",
            "p@ssw0rd",
            "p@ssword",
            "qwertyuiop",
            "qwerty",
            "qazwsxedc",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "zaq12wsx",
            "asdfghjkl",
            "zxcvbnm",
            "letmein",
            "iloveyou",
            "welcome",
            "administrator",
            "admin",
            "changeme",
            "changeit",
            "secret",
            "superman",
            "football",
            "baseball",
            "princess",
            "sunshine",
            "dragon",
            "monkey",
            "recruiter",
            "recruit.ai",
            "recruitai",
            "candidate",
            "abcdefghij",
            "test",
            "master",
            "пароль",
            "йцукенгшщз");

    private PasswordPolicy() {}

    /** What is wrong with the password and what to do; null when it is taken. */
    static @Nullable String complaint(String password, String email) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return "must have at least " + SHORTEST + " characters";
        }
        if (length > LONGEST) {
            return "must have at most " + LONGEST + " characters";
        }
        String lower = password.toLowerCase(Locale.ROOT);
        String local = email.contains("@") ? email.substring(0, email.indexOf('@')) : email;
        if (lower.equals(email) || lower.equals(local)) {
            return "must not be the address";
        }
        if (lower.codePoints().distinct().count() < 4 || isRun(lower) || isCommon(lower)) {
            return "is one of the first that a guesser would try; a few unrelated words make a good one";
        }
        return null;
    }

    /** A common word, with digits and marks around it. */
    private static boolean isCommon(String lower) {
        String core = lower.replaceAll("^[\\d\\W_]+|[\\d\\W_]+$", "");
        return COMMON.contains(lower) || COMMON.contains(core);
    }

    /** Characters that follow each other, like 1234567890 or abcdefghijk. */
    private static boolean isRun(String lower) {
        int up = 0;
        int down = 0;
        for (int i = 1; i < lower.length(); i++) {
            int step = lower.charAt(i) - lower.charAt(i - 1);
            up += step == 1 ? 1 : 0;
            down += step == -1 ? 1 : 0;
        }
        return Math.max(up, down) >= lower.length() - 2;
    }
}
