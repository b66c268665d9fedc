package ai.recruit.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the fields of one request and collects what is wrong, so that the caller is told of all of it at once. */
public final class FieldChecks {

    private final List<FieldProblem> problems = new ArrayList<>();

    /** Remembers that a field is wrong. */
    public void reject(String field, String message) {
        problems.add(new FieldProblem(field, message));
    }

    /** A text without blanks around it and without what the database cannot hold; null when nothing is left. */
    public @Nullable String text(String field, @Nullable String value, int longest) {
        if (value == null) {
            return null;
        }
        String clean = value.replace("\0", "").strip();
        if (clean.length() > longest) {
            reject(field, "must have at most " + longest + " characters");
            return null;
        }
        return clean.isEmpty() ? null : clean;
    }

    /** A text that must be there; empty, and remembered as wrong, when it is not. */
    public String required(String field, @Nullable String value, int longest) {
        int before = problems.size();
        String clean = text(field, value, longest);
        if (clean == null && problems.size() == before) {
            reject(field, "is required");
        }
        return clean == null ? "" : clean;
    }

    /**
     * A list of texts, cleaned, each once; empty when there is none.
     *
     * @param most how many there may be
     * @param longest how long each may be
     */
    public List<String> texts(String field, @Nullable List<@Nullable String> values, int most, int longest) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > most) {
            reject(field, "must hold at most " + most + " texts");
            return List.of();
        }
        Set<String> clean = new LinkedHashSet<>();
        for (int i = 0; i < values.size(); i++) {
            clean.add(required(field + "[" + i + "]", values.get(i), longest));
        }
        return List.copyOf(clean);
    }

    /** What has been wrong so far. */
    public List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    /** @throws Problem {@link ProblemCode#INVALID_REQUEST} with all that was wrong */
    public void verify() {
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
    }
}
