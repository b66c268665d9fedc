package ai.recruit.matching;

import java.util.UUID;

/** Jobs as columns. Of a row's skills the first are required, the others preferred. */
final class JobSegment extends Segment {

    static final int NO_START = Integer.MIN_VALUE;

    private final int[] required = new int[SIZE];
    private final int[] months = new int[SIZE];
    private final byte[] education = new byte[SIZE];
    private final boolean[] remote = new boolean[SIZE];
    private final int[] place = new int[SIZE];
    private final int[] title = new int[SIZE];
    /** What is offered where it can be compared, else 0. */
    private final long[] offer = new long[SIZE];

    private final int[] currency = new int[SIZE];
    private final int[] workMode = new int[SIZE];
    private final int[] employmentType = new int[SIZE];
    private final int[] languages = new int[SIZE];
    /** Days as {@link java.time.LocalDate#toEpochDay} counts them. */
    private final int[] starts = new int[SIZE];

    void write(int row, UUID id, ScoringEngine.Position position, RankingWords words, int today) {
        write(row, id, position.skills(), words);
        JobFacts facts = position.facts();
        required[row] = position.required();
        months[row] = facts.minExperienceMonths() == null ? 0 : facts.minExperienceMonths();
        education[row] = (byte) PartScores.ordinal(facts.education());
        remote[row] = position.remote();
        place[row] = words.place(position.places());
        title[row] = words.title(position.titleWords());
        Long most = facts.offer();
        offer[row] = most == null || facts.currency() == null ? 0 : most;
        currency[row] = words.word(facts.currency());
        workMode[row] = words.word(facts.workMode());
        employmentType[row] = words.word(facts.employmentType());
        languages[row] = words.languages.number(facts.languages());
        starts[row] = facts.startsInDays() == null ? NO_START : today + facts.startsInDays();
    }

    int required(int row) {
        return required[row];
    }

    int months(int row) {
        return months[row];
    }

    int education(int row) {
        return education[row];
    }

    boolean remote(int row) {
        return remote[row];
    }

    int place(int row) {
        return place[row];
    }

    int title(int row) {
        return title[row];
    }

    long offer(int row) {
        return offer[row];
    }

    int currency(int row) {
        return currency[row];
    }

    int workMode(int row) {
        return workMode[row];
    }

    int employmentType(int row) {
        return employmentType[row];
    }

    int languages(int row) {
        return languages[row];
    }

    int starts(int row) {
        return starts[row];
    }

    @Override
    int bytesPerRow() {
        return Long.BYTES + 9 * Integer.BYTES + 2;
    }

    @Override
    void copyColumns(Segment from, int row, int at) {
        JobSegment other = (JobSegment) from;
        required[at] = other.required[row];
        months[at] = other.months[row];
        education[at] = other.education[row];
        remote[at] = other.remote[row];
        place[at] = other.place[row];
        title[at] = other.title[row];
        offer[at] = other.offer[row];
        currency[at] = other.currency[row];
        workMode[at] = other.workMode[row];
        employmentType[at] = other.employmentType[row];
        languages[at] = other.languages[row];
        starts[at] = other.starts[row];
    }
}
