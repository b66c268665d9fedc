package ai.recruit.matching;

import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.EducationLevel;
import ai.recruit.events.Audience;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.job.JobProfile;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.parsing.SkillLexicon;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private final SkillLexicon lexicon;

    MatchWriter(
            MatchRepository repository,
            Events events,
            Clock clock,
            MatchingProperties properties,
            SkillLexicon lexicon) {
        this.repository = repository;
        this.events = events;
        this.clock = clock;
        this.lexicon = lexicon;
        this.engine = new ScoringEngine(properties.weights().basisPoints(), lexicon.version());
        this.minimum = properties.minimumBasisPoints();
    }

    ScoringEngine.Person person(Candidate candidate) {
        return new ScoringEngine.Person(
                candidate.skills().stream().map(lexicon::normalise).toList(),
                candidate.title(),
                candidate.experienceMonths(),
                candidate.education().level(),
                candidate.location());
    }

    static ScoringEngine.Position position(JobProfile job) {
        return new ScoringEngine.Position(
                job.title(),
                job.skills(),
                job.minExperienceMonths(),
                level(job.educationRequirement()),
                job.location());
    }

    private static @Nullable EducationLevel level(@Nullable String word) {
        return word == null ? null : EducationLevel.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /**
     * The match of a pair; empty when it is below the minimum. Without one skill (or word of the title) in common there
     * is none either: experience and place alone would match everybody with everything.
     */
    Optional<MatchRepository.Row> match(Candidate candidate, ScoringEngine.Person person, JobProfile job) {
        if (!job.active()) {
            return Optional.empty();
        }
        Score score = engine.score(person, position(job));
        if (score.skills() == 0 || score.total() < minimum) {
            return Optional.empty();
        }
        return Optional.of(new MatchRepository.Row(
                UuidV7.next(clock),
                candidate.ownerId(),
                candidate.id(),
                job.id(),
                score.total(),
                score.skills(),
                score.experience(),
                score.education(),
                score.location(),
                score.matchingSkills(),
                score.missingSkills(),
                score.explanation()));
    }

    /** Stores matches and appends their events, in the transaction that the subscriber runs in. */
    Mono<Void> store(List<MatchRepository.Row> rows) {
        return repository
                .store(rows, engine.version())
                .map(match -> match.created() ? found(match) : internal(CHANGED, match))
                .collectList()
                .flatMap(events::append);
    }

    /** Appends the events of matches that were taken out, in the transaction that the subscriber runs in. */
    Mono<Void> removed(Flux<MatchRepository.Changed> matches) {
        return matches.map(match -> internal(REMOVED, match)).collectList().flatMap(events::append);
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
