package ai.recruit.web;

import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Messages of errors in the language that the client reads. The code says them in English, where they are thrown; here each
 * has its translation, found by the English text with holes for what was put in.
 */
@Component
class Messages {

    static final Locale RUSSIAN = Locale.forLanguageTag("ru");

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, RUSSIAN);
    private static final String HOLE = "{}";
    private static final Pattern CODED = Pattern.compile("([A-Z][A-Z_]+: )(.+)", Pattern.DOTALL);

    private final Map<String, String> whole = new HashMap<>();
    private final List<Entry> holed = new ArrayList<>();

    Messages() {
        for (Map.Entry<String, String> line : lines("messages_ru.tsv")) {
            if (line.getKey().contains(HOLE)) {
                holed.add(Entry.of(line.getKey(), line.getValue()));
            } else {
                whole.put(line.getKey(), line.getValue());
            }
        }
        // What says most is tried first.
        holed.sort(Comparator.comparingInt(entry -> -entry.literal()));
    }

    /** The lines of a file of messages, in their order. */
    static List<Map.Entry<String, String>> lines(String name) {
        try (InputStream stream = Objects.requireNonNull(Messages.class.getResourceAsStream(name), name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(parts -> Map.entry(parts[0], parts[1]))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The language of the answer: what the client likes best of those that are spoken here, English otherwise. */
    static Locale language(HttpHeaders request) {
        String wanted = request.getFirst(HttpHeaders.ACCEPT_LANGUAGE);
        if (wanted == null) {
            return Locale.ENGLISH;
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(wanted), SPOKEN);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException unreadable) {
            return Locale.ENGLISH;
        }
    }

    /** The message of a problem. */
    String text(Problem problem, Locale language) {
        if (!language.equals(RUSSIAN)) {
            return problem.text();
        }
        if (!problem.details().isEmpty()) {
            FieldProblem first = problem.details().get(0);
            if (problem.text().equals(first.field() + ": " + first.message())) {
                return first.field() + ": " + russian(first.message());
            }
        }
        return russian(problem.text());
    }

    /** What is wrong field by field. */
    List<FieldProblem> details(Problem problem, Locale language) {
        return language.equals(RUSSIAN)
                ? problem.details().stream()
                        .map(detail -> new FieldProblem(detail.field(), russian(detail.message())))
                        .toList()
                : problem.details();
    }

    private String russian(String text) {
        String translated = find(text);
        if (translated != null) {
            return translated;
        }
        Matcher coded = CODED.matcher(text);
        if (coded.matches()) {
            String behind = find(coded.group(2));
            return behind == null ? text : coded.group(1) + behind;
        }
        return text;
    }

    /** The translation; null when there is none. */
    @Nullable String find(String text) {
        String same = whole.get(text);
        if (same != null) {
            return same;
        }
        for (Entry entry : holed) {
            Matcher matcher = entry.pattern().matcher(text);
            if (matcher.matches()) {
                String translated = entry.translation();
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    translated = translated.replace("{" + i + "}", matcher.group(i));
                }
                return translated;
            }
        }
        return null;
    }

    /**
     * A message with holes.
     *
     * @param literal how much of it is not a hole
     */
    private record Entry(Pattern pattern, String translation, int literal) {

        static Entry of(String message, String translation) {
            StringBuilder regex = new StringBuilder();
            String[] parts = message.split(Pattern.quote(HOLE), -1);
            for (int i = 0; i < parts.length; i++) {
                regex.append(i == 0 ? "" : "(.*?)").append(Pattern.quote(parts[i]));
            }
            return new Entry(
                    Pattern.compile(regex.toString(), Pattern.DOTALL),
                    translation,
                    message.length() - HOLE.length() * (parts.length - 1));
        }
    }
}
