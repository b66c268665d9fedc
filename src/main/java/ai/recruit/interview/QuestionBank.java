package ai.recruit.interview;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The questions that there are, one file for each area. A question is three lines, and a blank one behind them:
 *
 * <pre>{@code
 * tech-undated-where  intermediate  5  undated_skill
 * Where did you use {skill}, and what for?
 * Где вы применяли {skill} и для чего?
 * }</pre>
 *
 * Lines that begin with {@code #} are remarks. A bank that is wrong does not load: each question has an id of its own, both
 * languages with the same placeholders, those that its kind of evidence fills, and a sensible duration.
 */
final class QuestionBank {

    static final int SHORTEST = 2;
    static final int LONGEST = 20;

    private static final int FIELDS = 4;
    private static final Pattern ID = Pattern.compile("[a-z]+(?:-[a-z0-9]+)+");
    private static final Pattern CYRILLIC = Pattern.compile("\\p{IsCyrillic}");

    private final List<QuestionTemplate> templates;

    QuestionBank(List<QuestionTemplate> templates) {
        this.templates = List.copyOf(templates);
    }

    List<QuestionTemplate> templates() {
        return templates;
    }

    /** The question of this id; empty when this bank has none. */
    Optional<QuestionTemplate> find(String id) {
        return templates.stream().filter(template -> template.id().equals(id)).findFirst();
    }

    /** Reads the bank from beside this class; blocks. */
    static QuestionBank load() {
        List<QuestionTemplate> templates = new ArrayList<>();
        for (FocusArea area : FocusArea.values()) {
            String file = "questions/" + area.word() + ".txt";
            try (InputStream in = QuestionBank.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("There is no " + file);
                }
                templates.addAll(read(file, area, in));
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        Set<String> ids = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (QuestionTemplate template : templates) {
            if (!ids.add(template.id())) {
                throw new IllegalStateException("Two questions are called " + template.id());
            }
            if (!texts.add(template.text().en().toLowerCase(Locale.ROOT))
                    || !texts.add(template.text().ru().toLowerCase(Locale.ROOT))) {
                throw new IllegalStateException(template.id() + " asks what another question asks");
            }
        }
        return new QuestionBank(templates);
    }

    static List<QuestionTemplate> read(String file, FocusArea area, InputStream in) throws IOException {
        List<QuestionTemplate> templates = new ArrayList<>();
        List<String> block = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("#")) {
                continue;
            }
            if (!line.isBlank()) {
                block.add(line.strip());
            } else if (!block.isEmpty()) {
                templates.add(template(file, area, block));
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            templates.add(template(file, area, block));
        }
        return templates;
    }

    private static QuestionTemplate template(String file, FocusArea area, List<String> block) {
        String where = file + ", " + block.get(0) + ": ";
        String[] head = block.get(0).split("\\s+");
        check(block.size() == 3, where + "a question is three lines");
        check(head.length == FIELDS, where + "expected: id difficulty minutes evidence");
        check(ID.matcher(head[0]).matches(), where + "the id is lower-case words with hyphens");
        Difficulty difficulty = Arrays.stream(Difficulty.values())
                .filter(one -> one.word().equals(head[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(where + "no such difficulty"));
        check(head[2].matches("\\d{1,2}"), where + "minutes are a whole number");
        int minutes = Integer.parseInt(head[2]);
        check(minutes >= SHORTEST && minutes <= LONGEST, where + "takes " + SHORTEST + " to " + LONGEST + " minutes");
        EvidenceKind about = Arrays.stream(EvidenceKind.values())
                .filter(one -> one.word().equals(head[3]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(where + "no such evidence"));
        Words text = new Words(block.get(1), block.get(2));
        Set<String> named = QuestionTemplate.placeholders(text.en());
        check(
                named.equals(QuestionTemplate.placeholders(text.ru())),
                where + "both languages name the same placeholders");
        Set<String> filled = new HashSet<>(about.placeholders());
        check(
                filled.isEmpty() || named.stream().anyMatch(filled::contains),
                where + "names nothing of what it is about");
        filled.add(EvidenceKind.POSITION);
        check(filled.containsAll(named), where + "only " + filled + " are filled in");
        check(!CYRILLIC.matcher(text.en()).find(), where + "the first text is English");
        check(CYRILLIC.matcher(text.ru()).find(), where + "the second text is Russian");
        return new QuestionTemplate(head[0], area, difficulty, minutes, about, text);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }
}
