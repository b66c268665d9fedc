package ai.recruit.interview;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the questions of an interview. Areas take turns; each takes the question that matters most of those that are
 * left. What matters is the difficulty that was asked for, then the weight of the evidence, less for evidence and kinds
 * that were asked about already, and a share of chance that a hash of seed, question and evidence decides: the same inputs
 * give the same questions wherever they are chosen.
 */
final class QuestionSelection {

    /** For each step between the difficulty that was asked for and that of the question. */
    private static final int OTHER_DIFFICULTY = 300;
    /** For each earlier question with the same words. */
    private static final int SAME_WORDS = 400;
    /** For each earlier question about the same fact. */
    private static final int SAME_EVIDENCE = 45;
    /** For each earlier question about the same kind of facts. */
    private static final int SAME_KIND = 7;
    /** For each minute beyond a fair share of the time that is left. */
    private static final int TOO_LONG = 10;

    private static final int CHANCE = 30;

    private final QuestionBank bank;

    QuestionSelection(QuestionBank bank) {
        this.bank = bank;
    }

    /**
     * What is wanted.
     *
     * @param areas in their order, each once; at least one
     * @param minutes how long all questions may take together; null for no limit
     */
    record Wanted(
            int count,
            Difficulty difficulty,
            List<FocusArea> areas,
            long seed,
            Tongue tongue,
            @Nullable Integer minutes) {}

    /**
     * The questions, as many as wanted unless the areas or the time give fewer.
     *
     * @param position the position's title
     */
    List<Question> select(Wanted wanted, List<Evidence> evidence, Words position) {
        Map<FocusArea, List<Option>> options = options(wanted, evidence);
        List<Question> chosen = new ArrayList<>();
        Asked asked = new Asked();
        int left = wanted.minutes() == null ? Integer.MAX_VALUE : wanted.minutes();
        List<FocusArea> areas = new ArrayList<>(wanted.areas());
        int turn = 0;
        while (chosen.size() < wanted.count() && !areas.isEmpty()) {
            int index = turn % areas.size();
            List<Option> mine = options.getOrDefault(areas.get(index), List.of());
            Option best = best(mine, wanted, asked, left, wanted.count() - chosen.size());
            if (best == null) {
                // The next area moves to this place.
                areas.remove(index);
                turn = index;
                continue;
            }
            mine.remove(best);
            asked.add(best);
            left -= best.template().minutes();
            chosen.add(best.question(chosen.size() + 1, wanted.tongue(), position));
            turn = index + 1;
        }
        return List.copyOf(chosen);
    }

    private Map<FocusArea, List<Option>> options(Wanted wanted, List<Evidence> evidence) {
        Map<FocusArea, List<Option>> options = new HashMap<>();
        for (QuestionTemplate template : bank.templates()) {
            if (!wanted.areas().contains(template.area())) {
                continue;
            }
            List<Option> of = options.computeIfAbsent(template.area(), area -> new ArrayList<>());
            if (template.about() == EvidenceKind.GENERAL) {
                of.add(Option.of(template, Evidence.GENERAL, wanted.seed()));
            } else {
                evidence.stream()
                        .filter(one -> one.kind() == template.about())
                        .forEach(one -> of.add(Option.of(template, one, wanted.seed())));
            }
        }
        return options;
    }

    private static @Nullable Option best(List<Option> options, Wanted wanted, Asked asked, int left, int more) {
        Option best = null;
        int rank = 0;
        for (Option option : options) {
            if (option.template().minutes() > left) {
                continue;
            }
            int its = rank(option, wanted, asked, left, more);
            if (best == null || its > rank || (its == rank && option.precedes(best))) {
                best = option;
                rank = its;
            }
        }
        return best;
    }

    private static int rank(Option option, Wanted wanted, Asked asked, int left, int more) {
        QuestionTemplate template = option.template();
        int distance =
                Math.abs(template.difficulty().ordinal() - wanted.difficulty().ordinal());
        int rank = option.evidence().weight() + (int) Long.remainderUnsigned(option.hash(), CHANCE);
        rank -= OTHER_DIFFICULTY * distance;
        rank -= SAME_WORDS * asked.words(option);
        rank -= SAME_EVIDENCE * asked.evidence(option);
        rank -= SAME_KIND * asked.kind(option);
        if (wanted.minutes() != null) {
            rank -= TOO_LONG * Math.max(0, template.minutes() - left / more);
        }
        return rank;
    }

    /** A question about a fact. */
    private record Option(QuestionTemplate template, Evidence evidence, long hash) {

        static Option of(QuestionTemplate template, Evidence evidence, long seed) {
            return new Option(template, evidence, hashed(seed + "\n" + template.id() + "\n" + evidence.key()));
        }

        /** A last word between equals; no two options have the same template and evidence. */
        boolean precedes(Option other) {
            int byHash = Long.compareUnsigned(hash, other.hash);
            int byId = template.id().compareTo(other.template.id());
            return byHash != 0
                    ? byHash < 0
                    : byId != 0 ? byId < 0 : evidence.key().compareTo(other.evidence.key()) < 0;
        }

        Question question(int number, Tongue tongue, Words position) {
            return new Question(
                    "q_" + number,
                    template.ask(tongue, evidence, position),
                    template.area().word(),
                    template.difficulty().word(),
                    template.minutes(),
                    template.id(),
                    new Question.Reason(
                            evidence.kind().word(), evidence.reason().in(tongue)),
                    null);
        }
    }

    /** What has been asked already. */
    private static final class Asked {

        private final Map<String, Integer> words = new HashMap<>();
        private final Map<String, Integer> evidence = new HashMap<>();
        private final Map<EvidenceKind, Integer> kinds = new HashMap<>();

        void add(Option option) {
            words.merge(option.template().id(), 1, Integer::sum);
            evidence.merge(option.evidence().key(), 1, Integer::sum);
            kinds.merge(option.evidence().kind(), 1, Integer::sum);
        }

        int words(Option option) {
            return words.getOrDefault(option.template().id(), 0);
        }

        int evidence(Option option) {
            return option.evidence().kind() == EvidenceKind.GENERAL
                    ? 0
                    : evidence.getOrDefault(option.evidence().key(), 0);
        }

        int kind(Option option) {
            return kinds.getOrDefault(option.evidence().kind(), 0);
        }
    }

    /** FNV-1a over the UTF-8 bytes (offset and prime of the 64-bit variant), then the finisher of SplitMix64. */
    private static long hashed(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
