package ai.recruit.matching;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * The rows that rankings go through: candidates and jobs, with the words that they share. One thread writes.
 *
 * <p>Facts count days from the day on which they are made. Rows stay for longer, so they keep the days of the calendar.
 */
final class RankingRows {

    private final RankingWords words;
    private final RankingTable<CandidateSegment> candidates = new RankingTable<>(CandidateSegment::new);
    private final RankingTable<JobSegment> jobs = new RankingTable<>(JobSegment::new);

    private final Clock clock;

    RankingRows(SkillRelations relations, Clock clock) {
        this.words = new RankingWords(relations);
        this.clock = clock;
    }

    private int today() {
        return (int) LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    }

    /** What the rows of an account carry; {@link PartScores#NONE} when it has none. */
    int owner(UUID accountId) {
        return words.owners.find(accountId);
    }

    RankingTable.Snapshot<CandidateSegment> candidates() {
        return candidates.snapshot();
    }

    RankingTable.Snapshot<JobSegment> jobs() {
        return jobs.snapshot();
    }

    /** Scores the candidates among the rows for a job. */
    CandidateScorer scorer(ScoringEngine engine, ScoringEngine.Position position) {
        return new CandidateScorer(engine, position, words, today());
    }

    /** Scores the jobs among the rows for a candidate. */
    JobScorer scorer(ScoringEngine engine, ScoringEngine.Person person) {
        return new JobScorer(engine, person, words, today());
    }

    void put(UUID id, UUID ownerId, ScoringEngine.Person person) {
        candidates.put(id, (segment, row) -> segment.write(row, id, ownerId, person, words, today()));
    }

    void put(UUID id, ScoringEngine.Position position) {
        jobs.put(id, (segment, row) -> segment.write(row, id, position, words, today()));
    }

    void removeCandidate(UUID id) {
        candidates.remove(id);
    }

    void removeJob(UUID id) {
        jobs.remove(id);
    }

    /** Lets readers see what was done since. */
    void publish() {
        candidates.publish();
        jobs.publish();
    }

    /** Roughly, what all of it takes of memory. */
    long bytes() {
        return candidates.bytes() + jobs.bytes() + words.bytes();
    }
}
