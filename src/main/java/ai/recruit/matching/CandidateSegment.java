package ai.recruit.matching;

import java.util.UUID;

/** Candidates as columns. */
final class CandidateSegment extends Segment {

    private final int[] owner = new int[SIZE];
    private final int[] months = new int[SIZE];
    private final byte[] education = new byte[SIZE];
    private final int[] place = new int[SIZE];
    private final int[] title = new int[SIZE];
    /** What is wanted where it can be compared, else 0. */
    private final long[] salary = new long[SIZE];

    private final int[] currency = new int[SIZE];
    private final int[] languages = new int[SIZE];
    private final int[] terms = new int[SIZE];

    void write(int row, UUID id, UUID ownerId, ScoringEngine.Person person, RankingWords words, int today) {
        write(row, id, person.skills(), words);
        CandidateFacts facts = person.facts();
        CandidateFacts.Wishes wishes = facts.wishes();
        owner[row] = words.owners.number(ownerId);
        months[row] = facts.experienceMonths();
        education[row] = (byte) PartScores.ordinal(facts.education());
        place[row] = words.place(person.places());
        title[row] = words.title(person.titleWords().stream().sorted().toList());
        Long wanted = wishes.salary();
        salary[row] = wanted == null || wishes.currency() == null ? 0 : wanted;
        currency[row] = words.word(wishes.currency());
        languages[row] = words.languages.number(wishes.languages());
        terms[row] = words.terms.number(RankingWords.Terms.of(person, today));
    }

    int owner(int row) {
        return owner[row];
    }

    int months(int row) {
        return months[row];
    }

    int education(int row) {
        return education[row];
    }

    int place(int row) {
        return place[row];
    }

    int title(int row) {
        return title[row];
    }

    long salary(int row) {
        return salary[row];
    }

    int currency(int row) {
        return currency[row];
    }

    int languages(int row) {
        return languages[row];
    }

    int terms(int row) {
        return terms[row];
    }

    @Override
    int bytesPerRow() {
        return Long.BYTES + 7 * Integer.BYTES + 1;
    }

    @Override
    void copyColumns(Segment from, int row, int at) {
        CandidateSegment other = (CandidateSegment) from;
        owner[at] = other.owner[row];
        months[at] = other.months[row];
        education[at] = other.education[row];
        place[at] = other.place[row];
        title[at] = other.title[row];
        salary[at] = other.salary[row];
        currency[at] = other.currency[row];
        languages[at] = other.languages[row];
        terms[at] = other.terms[row];
    }
}
