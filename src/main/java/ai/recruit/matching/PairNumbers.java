package ai.recruit.matching;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a pair: what {@link ScoringEngine.Assessment} holds, to be filled again and again without anything new
 * being allocated.
 */
final class PairNumbers {

    private static final int PARTS = ScorePart.values().length;

    final int[] scores = new int[PARTS];
    final int[] points = new int[PARTS];
    private int total;
    private int asked;
    private int[] credits = new int[16];
    private @Nullable String[] earnedBy = new String[16];
    private SkillRelations.@Nullable Relation[] earnedHow = new SkillRelations.Relation[16];

    /** Begins a pair with so many things asked for, none of which has earned anything yet. */
    void begin(int count) {
        if (count > credits.length) {
            credits = new int[count * 2];
            earnedBy = new String[count * 2];
            earnedHow = new SkillRelations.Relation[count * 2];
        }
        Arrays.fill(credits, 0, count, 0);
        asked = count;
    }

    void earn(int i, int credit, String by, SkillRelations.@Nullable Relation how) {
        credits[i] = credit;
        earnedBy[i] = by;
        earnedHow[i] = how;
    }

    void total(int sum) {
        total = sum;
    }

    int total() {
        return total;
    }

    int score(ScorePart part) {
        return scores[part.ordinal()];
    }

    /** How many skills, or words of the title, are asked for. */
    int asked() {
        return asked;
    }

    /** What the skill, or word, has earned, in basis points. */
    int credit(int i) {
        return credits[i];
    }

    /** By what it was earned; null when it was not. */
    @Nullable String earnedBy(int i) {
        return credits[i] == 0 ? null : earnedBy[i];
    }

    /** How that is related; null for words of titles. */
    SkillRelations.@Nullable Relation earnedHow(int i) {
        return credits[i] == 0 ? null : earnedHow[i];
    }

    /** What some of the things asked for have earned together. */
    long credit(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += credits[i];
        }
        return sum;
    }
}
