package ai.recruit.access;

import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.Problem;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the fields of an account, all of them before it complains. */
final class AccountFields {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,189}");
    private static final int LONGEST_NAME = 100;

    private final List<FieldProblem> problems = new ArrayList<>();

    /** The one spelling of an address: two addresses that differ in case alone are one. */
    static String normalized(String email) {
        return Normalizer.normalize(email.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    String email(@Nullable String email) {
        if (email == null || email.isBlank()) {
            return wrong("email", "is required");
        }
        String normalized = normalized(email);
        return EMAIL.matcher(normalized).matches()
                ? normalized
                : wrong("email", "must be an address like name@example.com");
    }

    String password(@Nullable String password, String email) {
        if (password == null || password.isEmpty()) {
            return wrong("password", "is required");
        }
        String complaint = PasswordPolicy.complaint(password, email);
        return complaint == null ? password : wrong("password", complaint);
    }

    @Nullable String name(String field, @Nullable String name) {
        if (name == null) {
            return null;
        }
        String stripped = name.strip();
        if (stripped.length() > LONGEST_NAME || stripped.chars().anyMatch(Character::isISOControl)) {
            return wrong(field, "must be at most " + LONGEST_NAME + " characters on one line");
        }
        return stripped;
    }

    @Nullable Role role(@Nullable String word) {
        return one("role", word, Role.values(), Role::word);
    }

    @Nullable AccountStatus status(@Nullable String word) {
        return one("status", word, AccountStatus.values(), AccountStatus::word);
    }

    @Nullable Plan plan(@Nullable String word) {
        return one("plan", word, Plan.values(), Plan::word);
    }

    private <T> @Nullable T one(String field, @Nullable String word, T[] values, Function<T, String> words) {
        if (word == null) {
            return null;
        }
        for (T value : values) {
            if (words.apply(value).equals(word)) {
                return value;
            }
        }
        wrong(field, "must be one of " + Arrays.stream(values).map(words).collect(Collectors.joining(", ")));
        return null;
    }

    String wrong(String field, String message) {
        problems.add(new FieldProblem(field, message));
        return "";
    }

    /** Complains about every field that is wrong. */
    void verify() {
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
    }
}
