package ai.recruit.matching;

import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.EducationLevel;
import ai.recruit.job.JobProfile;
import ai.recruit.kernel.Problem;
import ai.recruit.parsing.SkillLexicon;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The engine in its profiles, and what it is told of candidates and jobs. */
@Component
class Scoring {

    private static final Logger log = LoggerFactory.getLogger(Scoring.class);

    private final SkillLexicon lexicon;
    private final SkillRelations relations;
    private final Map<String, ScoringEngine> engines;
    private final ScoringEngine standard;

    Scoring(MatchingProperties properties, SkillLexicon lexicon) {
        this.lexicon = lexicon;
        this.relations = new LexiconRelations(lexicon);
        this.engines =
                properties.profiles().stream().collect(Collectors.toUnmodifiableMap(WeightProfile::name, this::engine));
        this.standard = get(properties.profile());
        properties.profiles().forEach(profile -> log.info("Weights of the profile {}", profile.version()));
    }

    /** The engine that matches are stored with. */
    ScoringEngine standard() {
        return standard;
    }

    /** The engine of a profile; the standard one for null. */
    ScoringEngine get(@Nullable String profile) {
        if (profile == null || profile.isBlank()) {
            return standard;
        }
        ScoringEngine engine = engines.get(profile.strip().toLowerCase(Locale.ROOT));
        if (engine == null) {
            throw Problem.invalid(
                    "profile",
                    "must be one of " + engines.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return engine;
    }

    /** The engine with the weights that a match was made with; null when its rules are of another version. */
    @Nullable ScoringEngine ofVersion(String version) {
        String rules = ScoringEngine.RULES + '/';
        return version.startsWith(rules) ? engine(WeightProfile.parse(version.substring(rules.length()))) : null;
    }

    private ScoringEngine engine(WeightProfile profile) {
        return new ScoringEngine(profile, lexicon.version(), relations);
    }

    ScoringEngine.Person person(Candidate candidate) {
        return new ScoringEngine.Person(facts(candidate));
    }

    ScoringEngine.Position position(JobProfile job) {
        return new ScoringEngine.Position(facts(job));
    }

    /** What a profile says that has to do with work. Wishes are declared nowhere yet. */
    CandidateFacts facts(Candidate candidate) {
        return new CandidateFacts(
                candidate.skills().stream().map(lexicon::normalise).toList(),
                candidate.title(),
                candidate.experienceMonths(),
                candidate.education().level(),
                candidate.location(),
                CandidateFacts.Wishes.NONE);
    }

    static JobFacts facts(JobProfile job) {
        return new JobFacts(
                job.title(),
                job.skills(),
                List.of(),
                job.minExperienceMonths(),
                level(job.educationRequirement()),
                job.location(),
                job.salaryMin(),
                job.salaryMax(),
                job.currency(),
                ScoringEngine.saysRemote(job.location()) ? "remote" : null,
                job.employmentType(),
                List.of(),
                null);
    }

    private static @Nullable EducationLevel level(@Nullable String word) {
        return word == null ? null : EducationLevel.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
