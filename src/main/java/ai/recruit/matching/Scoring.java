package ai.recruit.matching;

import static java.time.ZoneOffset.UTC;

import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.EducationLevel;
import ai.recruit.candidate.Wishes;
import ai.recruit.job.JobProfile;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.SpokenLanguage;
import ai.recruit.parsing.SkillLexicon;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
    private static final int MOST_DAYS = 36_500;
    private static final CandidateFacts NOBODY =
            new CandidateFacts(List.of(), null, 0, null, null, CandidateFacts.Wishes.NONE);

    private final SkillLexicon lexicon;
    private final SkillRelations relations;
    private final Map<String, ScoringEngine> engines;
    private final ScoringEngine standard;
    private final Clock clock;

    Scoring(MatchingProperties properties, SkillLexicon lexicon, Clock clock) {
        this.lexicon = lexicon;
        this.clock = clock;
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

    SkillRelations relations() {
        return relations;
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

    /**
     * A person as they describe themselves, and where that says nothing, as their resume does.
     *
     * @param resume null when there is none
     * @param profile null when there is none
     */
    ScoringEngine.Person person(@Nullable Candidate resume, @Nullable MatchingProfile profile) {
        CandidateFacts known = resume == null ? NOBODY : facts(resume);
        if (profile == null) {
            return new ScoringEngine.Person(known);
        }
        return new ScoringEngine.Person(new CandidateFacts(
                profile.skills().isEmpty() ? known.skills() : skills(profile.skills()),
                known.title(),
                profile.experienceMonths() == null ? known.experienceMonths() : profile.experienceMonths(),
                known.education(),
                known.location(),
                wishes(resume == null ? profile.wishes() : profile.wishes().or(resume.wanted()))));
    }

    /** Canonical names. */
    List<String> skills(List<String> names) {
        return names.stream().map(lexicon::normalise).toList();
    }

    /** What a profile says that has to do with work. */
    CandidateFacts facts(Candidate candidate) {
        return new CandidateFacts(
                skills(candidate.skills()),
                candidate.title(),
                candidate.experienceMonths(),
                candidate.education().level(),
                candidate.location(),
                wishes(candidate.wanted()));
    }

    private CandidateFacts.Wishes wishes(Wishes wishes) {
        return new CandidateFacts.Wishes(
                wishes.minSalary(),
                wishes.currency(),
                wishes.workModes(),
                wishes.employmentTypes().stream()
                        .map(EmploymentTypes::canonical)
                        .toList(),
                wishes.languages().stream().map(Scoring::language).toList(),
                days(wishes.availableFrom()),
                wishes.relocates(),
                wishes.locations());
    }

    JobFacts facts(JobProfile job) {
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
                job.workMode() == null && ScoringEngine.saysRemote(job.location()) ? "remote" : job.workMode(),
                job.employmentType() == null ? null : EmploymentTypes.canonical(job.employmentType()),
                job.languages().stream().map(Scoring::language).toList(),
                days(job.startDate()));
    }

    private static Language language(SpokenLanguage language) {
        SpokenLanguage.Level level = language.level();
        return new Language(language.name(), level == null ? null : Language.Level.valueOf(level.name()));
    }

    /** From today; what is past is today. */
    private @Nullable Integer days(@Nullable LocalDate date) {
        return date == null
                ? null
                : (int) Math.min(
                        MOST_DAYS,
                        Math.max(0, ChronoUnit.DAYS.between(LocalDate.ofInstant(clock.instant(), UTC), date)));
    }

    private static @Nullable EducationLevel level(@Nullable String word) {
        return word == null ? null : EducationLevel.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
