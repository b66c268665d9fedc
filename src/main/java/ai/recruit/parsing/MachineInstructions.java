package ai.recruit.parsing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds sentences that speak to a program that reads resumes: orders to forget its orders, or to judge the candidate in
 * a certain way. The rules are rows of words that follow each other closely within a sentence, so that "as an AI engineer"
 * or "ranked first among the candidates" is none.
 */
final class MachineInstructions {

    private static final String DATA = "machine-instructions.txt";
    private static final int STEM = 3;
    private static final int HASHES = 1 << 17;
    /** A list of more parts than these is one: an instruction among its items is cut out, the items stay. */
    private static final int LIST = 3;

    /** Marks that chat programs put around their own prompts. */
    private static final String[] MARKS = {
        "<|im_start|>", "<|system|>", "[inst]", "<<sys>>", "</system>", "<system>", "### instruction", "[system]"
    };

    /** Words that make the sentence behind an instruction part of it. */
    private static final Set<String> FOLLOWING = Set.of(
            "candidate",
            "applicant",
            "score",
            "rank",
            "recommend",
            "recommended",
            "hire",
            "qualified",
            "respond",
            "output",
            "return",
            "answer",
            "response",
            "ai",
            "assistant",
            "system",
            "prompt",
            "instruction",
            "instructions",
            "кандидат",
            "кандидата",
            "кандидату",
            "соискатель",
            "соискателя",
            "балл",
            "баллов",
            "оценку",
            "оценка",
            "рекомендуй",
            "рекомендуйте",
            "ответ",
            "ответь",
            "резюме",
            "инструкции",
            "инструкция");

    private MachineInstructions() {}

    /** One word list of a rule, and how far from it the next may stand. */
    private record Step(Set<String> words, List<String> stems, int within) {

        boolean takes(String word) {
            if (words.contains(word)) {
                return true;
            }
            for (String stem : stems) {
                if (word.startsWith(stem)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A piece of a line to be kept out: indexes of its characters. */
    record Cut(int line, int from, int to) {}

    private record Word(String text, int line, int start, int end, int sentence, int paragraph) {}

    /** Whether a text has one. */
    static boolean in(CharSequence text) {
        return !find(List.of(text.toString().replace('\n', ' '))).isEmpty();
    }

    /** All of them in lines in reading order, each as the pieces of lines that it covers. */
    static List<List<Cut>> find(List<String> lines) {
        List<Word> words = worthwhile(lines) ? words(lines) : List.of();
        List<List<Cut>> found = new ArrayList<>();
        BitSet taken = new BitSet(words.size());
        for (int i = 0; i < words.size(); i++) {
            if (!taken.get(i)) {
                int end = match(words, i);
                if (end >= 0) {
                    found.add(cuts(lines, words, i, end, taken));
                }
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.indexOf('<') >= 0 || line.indexOf('[') >= 0 || line.indexOf('#') >= 0) {
                String lower = Words.lower(line);
                for (String mark : MARKS) {
                    if (lower.contains(mark)) {
                        found.add(List.of(new Cut(i, lower.indexOf(mark), line.length())));
                        break;
                    }
                }
            }
        }
        return found;
    }

    /**
     * Whether the words of some rule all stand in the lines, wherever: asked first, without making an object of each
     * word. It may say yes too often, never no.
     */
    private static boolean worthwhile(List<String> lines) {
        BitSet seen = new BitSet(HASHES);
        for (String line : lines) {
            int hash = 0;
            int length = 0;
            for (int i = 0; i <= line.length(); i++) {
                char c = i < line.length() ? line.charAt(i) : ' ';
                if (Character.isLetterOrDigit(c)) {
                    char lower = Character.toLowerCase(c);
                    hash = hash * 31 + (lower == 'ё' ? 'е' : lower);
                    if (++length == STEM) {
                        seen.set(slot(hash));
                    }
                } else if (length > 0) {
                    seen.set(slot(hash * 31 + 1));
                    hash = 0;
                    length = 0;
                } else {
                    length = 0;
                }
            }
        }
        for (int[][] rule : Rules.HASHES_OF_RULES) {
            boolean all = true;
            for (int[] step : rule) {
                boolean any = false;
                for (int i = 0; i < step.length && !any; i++) {
                    any = seen.get(step[i]);
                }
                all &= any;
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 15) & HASHES - 1;
    }

    /** Where a whole word, or the beginning of one, leaves its mark. */
    private static int slot(String word, boolean whole) {
        int hash = 0;
        for (int i = 0; i < (whole ? word.length() : STEM); i++) {
            hash = hash * 31 + word.charAt(i);
        }
        return slot(whole ? hash * 31 + 1 : hash);
    }

    // ---- words

    private static List<Word> words(List<String> lines) {
        List<Word> words = new ArrayList<>();
        int sentence = 0;
        int paragraph = 0;
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            if (!continues(lines, n)) {
                sentence++;
                paragraph++;
            }
            int at = 0;
            while (at < line.length()) {
                char c = line.charAt(at);
                if (!Character.isLetterOrDigit(c)) {
                    boolean end = (c == '.' || c == '!' || c == '?')
                            && (at + 1 == line.length() || !Character.isLetterOrDigit(line.charAt(at + 1)));
                    sentence += end || c == '\t' ? 1 : 0;
                    paragraph += c == '\t' ? 1 : 0;
                    at++;
                    continue;
                }
                int start = at;
                boolean upper = false;
                while (at < line.length() && Character.isLetterOrDigit(line.charAt(at))) {
                    upper |= Character.isUpperCase(line.charAt(at)) || line.charAt(at) == 'ё';
                    at++;
                }
                String word = line.substring(start, at);
                words.add(new Word(
                        upper ? Words.lower(word).replace('ё', 'е') : word, n, start, at, sentence, paragraph));
            }
        }
        return words;
    }

    /** Whether a line goes on with the sentence of the line before. */
    private static boolean continues(List<String> lines, int at) {
        if (at == 0 || lines.get(at).isEmpty() || lines.get(at - 1).isEmpty() || Words.bullet(lines.get(at))) {
            return false;
        }
        String before = lines.get(at - 1);
        char last = before.charAt(before.length() - 1);
        char first = lines.get(at).charAt(0);
        return last == ',' || Character.isLowerCase(first) || (Character.isDigit(first) && before.length() > 40);
    }

    // ---- rules

    /** The index of the last word of an instruction that begins with a word, or -1. */
    private static int match(List<Word> words, int at) {
        String word = words.get(at).text();
        int best = -1;
        for (List<Step> rule : Rules.BY_WORD.getOrDefault(word, List.of())) {
            best = Math.max(best, match(words, at, rule, 1));
        }
        if (word.length() >= STEM) {
            for (List<Step> rule : Rules.BY_STEM.getOrDefault(word.substring(0, STEM), List.of())) {
                if (rule.get(0).takes(word)) {
                    best = Math.max(best, match(words, at, rule, 1));
                }
            }
        }
        return best;
    }

    private static int match(List<Word> words, int at, List<Step> rule, int step) {
        if (step == rule.size()) {
            return at;
        }
        int within = rule.get(step - 1).within();
        int best = -1;
        for (int i = at + 1; i <= at + within && i < words.size(); i++) {
            if (words.get(i).sentence() != words.get(at).sentence()) {
                break;
            }
            if (rule.get(step).takes(words.get(i).text())) {
                best = Math.max(best, match(words, i, rule, step + 1));
            }
        }
        return best;
    }

    /** The sentence around an instruction, with the sentences behind it that go on with it. */
    private static List<Cut> cuts(List<String> lines, List<Word> words, int first, int last, BitSet taken) {
        int from = first;
        int sentence = words.get(first).sentence();
        while (from > 0 && words.get(from - 1).sentence() == sentence) {
            from--;
        }
        int end = last;
        while (end + 1 < words.size() && words.get(end + 1).sentence() == sentence) {
            end++;
        }
        boolean list = separators(lines, words, from, first) + separators(lines, words, last, end) >= LIST;
        if (list) {
            // The instruction stands among the items of a list, and these are to stay.
            int begin = first;
            while (begin > from && !separated(lines, words.get(begin - 1), words.get(begin))) {
                begin--;
            }
            from = begin;
            int stop = last;
            while (stop < end && !separated(lines, words.get(stop), words.get(stop + 1))) {
                stop++;
            }
            end = stop;
        }
        while (!list
                && end + 1 < words.size()
                && goesOn(words, end + 1, words.get(last).paragraph())) {
            int next = words.get(end + 1).sentence();
            while (end + 1 < words.size() && words.get(end + 1).sentence() == next) {
                end++;
            }
        }
        taken.set(from, end + 1);
        List<Cut> cuts = new ArrayList<>();
        for (int i = from; i <= end; ) {
            int line = words.get(i).line();
            int start = i == from && i > 0 && words.get(i - 1).line() == line
                    ? words.get(i).start()
                    : i == from ? lead(lines.get(line), words.get(i).start()) : 0;
            int to = i;
            while (to < end && words.get(to + 1).line() == line) {
                to++;
            }
            boolean lineEnds = to + 1 >= words.size() || words.get(to + 1).line() != line;
            int stop = lineEnds ? lines.get(line).length() : words.get(to + 1).start();
            cuts.add(new Cut(line, start, stop));
            i = to + 1;
        }
        return cuts;
    }

    /** Signs before the first word of a line go with it. */
    private static int lead(String line, int start) {
        return line.substring(0, start).isBlank() || Words.bullet(line) || start <= 3 ? 0 : start;
    }

    private static boolean goesOn(List<Word> words, int at, int paragraph) {
        if (words.get(at).paragraph() != paragraph) {
            return false;
        }
        int sentence = words.get(at).sentence();
        for (int i = at; i < words.size() && words.get(i).sentence() == sentence; i++) {
            if (FOLLOWING.contains(words.get(i).text())) {
                return true;
            }
        }
        return false;
    }

    private static int separators(List<String> lines, List<Word> words, int from, int to) {
        int separators = 0;
        for (int i = from; i < to; i++) {
            separators += separated(lines, words.get(i), words.get(i + 1)) ? 1 : 0;
        }
        return separators;
    }

    private static boolean separated(List<String> lines, Word left, Word right) {
        if (left.line() != right.line()) {
            return false;
        }
        String line = lines.get(left.line());
        for (int i = left.end(); i < right.start(); i++) {
            char c = line.charAt(i);
            if (c == ',' || c == ';' || c == '|' || c == '\u2022') {
                return true;
            }
        }
        return false;
    }

    private static final class Rules {

        static final Map<String, List<List<Step>>> BY_WORD = new HashMap<>();
        static final Map<String, List<List<Step>>> BY_STEM = new HashMap<>();
        static final List<int[][]> HASHES_OF_RULES = new ArrayList<>();

        static {
            try (@Nullable InputStream in = MachineInstructions.class.getResourceAsStream(DATA)) {
                if (in == null) {
                    throw new IllegalStateException(DATA + " is missing from the class path");
                }
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        add(line);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void add(String line) {
            List<Step> rule = new ArrayList<>();
            String[] parts = line.strip().split(" +", -1);
            for (int i = 0; i < parts.length; i++) {
                Set<String> words = new HashSet<>();
                List<String> stems = new ArrayList<>();
                for (String word : parts[i].split("\\|", -1)) {
                    String plain = word.replace('ё', 'е');
                    if (plain.endsWith("*")) {
                        stems.add(plain.substring(0, plain.length() - 1));
                    } else {
                        words.add(plain);
                    }
                }
                int within = 0;
                if (i + 1 < parts.length) {
                    if (!parts[i + 1].startsWith("<")) {
                        throw new IllegalStateException(DATA + ": no distance before " + parts[i + 1]);
                    }
                    within = Integer.parseInt(parts[++i].substring(1));
                }
                rule.add(new Step(words, stems, within));
            }
            int[][] hashes = new int[rule.size()][];
            for (int i = 0; i < hashes.length; i++) {
                Step step = rule.get(i);
                List<Integer> slots = new ArrayList<>();
                step.words().forEach(word -> slots.add(slot(word, true)));
                step.stems().forEach(stem -> slots.add(slot(stem, false)));
                hashes[i] = slots.stream().mapToInt(Integer::intValue).toArray();
            }
            HASHES_OF_RULES.add(hashes);
            for (String word : rule.get(0).words()) {
                BY_WORD.computeIfAbsent(word, any -> new ArrayList<>()).add(rule);
            }
            for (String stem : rule.get(0).stems()) {
                BY_STEM.computeIfAbsent(stem.substring(0, STEM), any -> new ArrayList<>())
                        .add(rule);
            }
        }
    }
}
