package ai.recruit.matching;

import ai.recruit.candidate.Candidate;
import ai.recruit.events.Audience;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.job.JobProfile;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Scores pairs, and writes what came out together with its events. */
@Component
class MatchWriter {

    /** New matches, for their owner. */
    static final String FOUND = "match.found";
    /** For the tails of lists alone. */
    static final String CHANGED = "match.changed";

    static final String REMOVED = "match.removed";

    private final MatchRepository repository;
    private final Events events;
    private final Clock clock;
    private final ScoringEngine engine;
    private final int minimum;

    MatchWriter(
            MatchRepository repository, Events events, Clock clock, Scoring scoring, MatchingProperties properties) {
        this.repository = repository;
        this.events = events;
        this.clock = clock;
        this.engine = scoring.standard();
        this.minimum = properties.minimumBasisPoints();
    }

    /**
     * The match of a pair; empty when it is below the minimum. Without one skill (or word of the title) in common there
     * is none either: experience and place alone would match everybody with everything. A related skill is not enough, since
     * jobs are looked up by the skills themselves.
     */
    Optional<MatchRepository.Row> match(
            Candidate candidate, ScoringEngine.Person person, JobProfile job, ScoringEngine.Position position) {
        if (!job.active()) {
            return Optional.empty();
        }
        ScoringEngine.Assessment assessment = engine.assess(person, position);
        if (!assessment.inCommon() || assessment.total() < minimum) {
            return Optional.empty();
        }
        Score score = assessment.explain();
        return Optional.of(new MatchRepository.Row(
                UuidV7.next(clock),
                candidate.ownerId(),
                candidate.id(),
                job.id(),
                score.total(),
                assessment.score(ScorePart.SKILLS),
                assessment.score(ScorePart.EXPERIENCE),
                assessment.score(ScorePart.EDUCATION),
                assessment.score(ScorePart.LOCATION),
                assessment.score(ScorePart.SALARY),
                assessment.score(ScorePart.WORKING_CONDITIONS),
                score.matchingSkills(),
                score.missingSkills(),
                Wording.of(score).en(),
                score.engineVersion(),
                score.lexiconHash(),
                Facts.inputsHash(person.hash(), position.hash()),
                score.hash(),
                person.hash(),
                position.hash(),
                person.text(),
                position.text()));
    }

    /** Stores matches and appends their events, in the transaction that the subscriber runs in. */
    Mono<Void> store(List<MatchRepository.Row> rows) {
        return repository
                .store(rows)
                .map(match -> match.created() ? found(match) : internal(CHANGED, match))
                .collectList()
                .flatMap(events::append);
    }

    /** Appends the events of matches that were taken out, in the transaction that the subscriber runs in. */
    Mono<Void> removed(Flux<MatchRepository.Changed> matches) {
        return matches.map(match -> internal(REMOVED, match)).collectList().flatMap(events::append);
    }

    /** Appends the event of a match that was taken away or looked at, in the transaction of the subscriber. */
    Mono<Void> tell(String type, MatchRepository.Changed match) {
        return events.append(internal(type, match));
    }

    private static NewEvent found(MatchRepository.Changed match) {
        return NewEvent.owned(match.ownerId(), FOUND, IdKind.MATCH.format(match.id()), data(match))
                .under(IdKind.CANDIDATE.format(match.candidateId()));
    }

    private static NewEvent internal(String type, MatchRepository.Changed match) {
        return new NewEvent(
                type,
                IdKind.MATCH.format(match.id()),
                IdKind.CANDIDATE.format(match.candidateId()),
                Audience.INTERNAL,
                match.ownerId(),
                data(match),
                null);
    }

    private static Map<String, ?> data(MatchRepository.Changed match) {
        return Map.of(
                "match_id", IdKind.MATCH.format(match.id()),
                "candidate_id", IdKind.CANDIDATE.format(match.candidateId()),
                "job_id", IdKind.JOB.format(match.jobId()),
                "match_score", BigDecimal.valueOf(match.score(), 4));
    }
}
