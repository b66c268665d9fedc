package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import ai.recruit.matching.Contribution.Evidence;
import ai.recruit.matching.Contribution.Kind;
import ai.recruit.matching.SkillRelations.Relation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scores a candidate against a job: a pure function of job-related facts, in whole numbers, so the same facts give the
 * same score everywhere and for ever. What it may know is {@link CandidateFacts} and {@link JobFacts} and no more.
 *
 * <p>Each part is in basis points, 0 to 10000:
 *
 * <ul>
 *   <li><b>Skills</b>: the share of what the job asks for that the candidate has. Required skills count 0.8 and preferred
 *       ones 0.2 when there are both. A related skill earns a share, see {@link Relation}; one that the job asks for by
 *       itself is no stand-in for its sibling. When the job names no skill,
 *       the share of the words of its title that stand in the candidate's title, in whichever gender.
 *   <li><b>Experience</b>: 7000 at the months that are asked for, 750 more for each further year; below, the same share
 *       of 7000 as the candidate has of the months. When nothing is asked for, as if 0 months were.
 *   <li><b>Education</b>: 8000 at the level that is asked for, 1000 more for each level above, 5000 one level and 2500
 *       two levels below, else 0; 0 when the candidate's is not known. When nothing is asked for, 8000.
 *   <li><b>Salary</b>: 10000 when the most that the job pays reaches the least that the candidate wants; below, two
 *       percent off for each percent that lacks. 7500 when either is silent or the currencies differ.
 *   <li><b>Location</b>: 10000 for remote work, the same place, or a place that the candidate wishes for; 7500 when they
 *       would move; 5000 for the same country or region or when the candidate's place is not known, else 0. When the job
 *       names none, 7500.
 *   <li><b>Working conditions</b>: the mean of the conditions that both sides have declared (work mode, employment type,
 *       languages, start, moving); 7500, marked as not assessed, when there is none.
 * </ul>
 *
 * <p>The total is the weighted mean, rounded half up, and it is cut into the points of the contributions without a rest.
 * The numbers for skills, experience and education are those that reproduce the documented sample of the recruiter API
 * (table 1.R of the requirements, C11).
 */
final class ScoringEngine {

    /** Changes whenever the same facts could give another score. */
    static final String RULES = "3";

    private static final int FULL = PartScores.FULL;
    private static final String REMOTE_MODE = "remote";
    private static final ScorePart[] PARTS = ScorePart.values();

    private static final Set<String> TITLE_NOISE = Set.of(
            "senior",
            "junior",
            "middle",
            "lead",
            "principal",
            "staff",
            "intern",
            "trainee",
            "sr",
            "jr",
            "the",
            "and",
            "for",
            "of",
            "with",
            "remote",
            "in",
            "старший",
            "младший",
            "ведущий",
            "стажер",
            "главный",
            "на",
            "по",
            "для");

    private static final Set<String> REMOTE =
            Set.of("remote", "anywhere", "worldwide", "удаленно", "удаленка", "удаленная", "дистанционно", "wfh");

    /** Titles that tell a woman from a man are read as the same title: endings, the longer first, and whole words. */
    private static final List<Map.Entry<String, String>> GENDERED_ENDINGS = List.of(
            Map.entry("тельница", "тель"),
            Map.entry("щица", "щик"),
            Map.entry("чица", "чик"),
            Map.entry("ница", "ник"),
            Map.entry("истка", "ист"),
            Map.entry("антка", "ант"),
            Map.entry("ентка", "ент"),
            Map.entry("орша", "ор"),
            Map.entry("ерша", "ер"),
            Map.entry("есса", ""),
            Map.entry("woman", "man"),
            Map.entry("person", "man"));

    private static final Map<String, String> GENDERED_WORDS = Map.of(
            "медбрат", "медсестра",
            "повариха", "повар",
            "актриса", "актер",
            "waitress", "waiter",
            "actress", "actor",
            "hostess", "host",
            "stewardess", "steward",
            "seamstress", "tailor");

    /** The same places in the spellings that resumes and jobs use most. */
    private static final List<List<String>> PLACES = List.of(
            List.of("moscow", "москва", "мск"),
            List.of("saint petersburg", "st petersburg", "санкт петербург", "спб", "петербург"),
            List.of("bishkek", "бишкек"),
            List.of("osh", "ош"),
            List.of("almaty", "алматы", "алма ата"),
            List.of("astana", "астана", "nur sultan"),
            List.of("tashkent", "ташкент"),
            List.of("minsk", "минск"),
            List.of("kyiv", "kiev", "киев", "київ"),
            List.of("tbilisi", "тбилиси"),
            List.of("yerevan", "ереван"),
            List.of("kazan", "казань"),
            List.of("novosibirsk", "новосибирск"),
            List.of("yekaterinburg", "ekaterinburg", "екатеринбург"),
            List.of("new york", "nyc", "new york city"),
            List.of("san francisco", "sf"),
            List.of("russia", "russian federation", "россия", "рф"),
            List.of("kyrgyzstan", "kyrgyz republic", "кыргызстан", "киргизия"),
            List.of("kazakhstan", "казахстан"),
            List.of("uzbekistan", "узбекистан"),
            List.of("belarus", "беларусь", "белоруссия"),
            List.of("usa", "us", "united states", "united states of america", "сша"),
            List.of("uk", "united kingdom", "great britain", "england", "великобритания"),
            List.of("germany", "deutschland", "германия"));

    private final WeightProfile profile;
    private final int[] weights;
    private final String lexiconHash;
    private final SkillRelations relations;

    /** Facts, with their one spelling and its hash, which are made when they are first asked for. */
    abstract static class Prepared<F> {

        private final F facts;
        private @Nullable String text;
        private @Nullable String hash;

        private Prepared(F facts) {
            this.facts = facts;
        }

        F facts() {
            return facts;
        }

        /** The facts in their one spelling. */
        String text() {
            if (text == null) {
                text = Facts.write(facts);
            }
            return text;
        }

        String hash() {
            if (hash == null) {
                hash = Facts.hash(text());
            }
            return hash;
        }
    }

    /** What is known of a person, made ready once for many jobs. */
    static final class Person extends Prepared<CandidateFacts> {

        /** Names by their keys. */
        private final Map<String, String> skills = new LinkedHashMap<>();

        private final Set<String> titleWords;
        private final List<String> places;
        private final List<List<String>> wishedPlaces;

        Person(CandidateFacts facts) {
            super(facts);
            facts.skills().forEach(skill -> skills.putIfAbsent(key(skill), skill));
            this.titleWords = facts.title() == null ? Set.of() : new HashSet<>(words(facts.title()));
            this.places = placesOf(facts.location());
            this.wishedPlaces = facts.wishes().locations().stream()
                    .map(ScoringEngine::placesOf)
                    .toList();
        }

        /** Without those that differ from another by case alone. */
        Collection<String> skills() {
            return skills.values();
        }

        /** The skill that is the same but for its case; null when there is none. */
        @Nullable String skill(String key) {
            return skills.get(key);
        }

        Set<String> titleWords() {
            return titleWords;
        }

        /** The parts of the place where they live, from the smallest; empty when it is not known. */
        List<String> places() {
            return places;
        }

        List<List<String>> wishedPlaces() {
            return wishedPlaces;
        }
    }

    /** What is known of a job, made ready once for many people. */
    static final class Position extends Prepared<JobFacts> {

        private final List<String> skills = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private final int required;
        private final List<String> titleWords;
        private final List<String> places;
        private final boolean remote;

        Position(JobFacts facts) {
            super(facts);
            add(facts.requiredSkills());
            this.required = skills.size();
            add(facts.preferredSkills());
            this.titleWords = skills.isEmpty() ? words(facts.title()) : List.of();
            this.places = placesOf(facts.location());
            this.remote = REMOTE_MODE.equals(facts.workMode()) || saysRemote(facts.location());
        }

        /** What is asked for, the required ones first. */
        List<String> skills() {
            return skills;
        }

        int required() {
            return required;
        }

        /** What counts when no skill is asked for, else empty. */
        List<String> titleWords() {
            return titleWords;
        }

        /** The parts of the place, from the smallest; empty when none is named. */
        List<String> places() {
            return places;
        }

        boolean remote() {
            return remote;
        }

        private boolean asksFor(String skill) {
            return keys.contains(key(skill));
        }

        private void add(List<String> names) {
            for (String name : names) {
                String key = key(name);
                if (!keys.contains(key)) {
                    keys.add(key);
                    skills.add(name);
                }
            }
        }
    }

    /** A condition that both sides have declared. */
    private record Condition(Kind kind, String required, int credit, Evidence evidence) {}

    /** The numbers of a pair, before anything is put into words: most pairs end here. */
    final class Assessment {

        private final Person person;
        private final Position position;
        private final int[] credits;
        private final @Nullable String[] earnedBy;
        private final @Nullable Relation[] earnedHow;
        private final Place place;
        private final List<Condition> conditions;
        private final int[] scores = new int[PARTS.length];
        private final int[] points = new int[PARTS.length];
        private final int total;

        private Assessment(Person person, Position position) {
            this.person = person;
            this.position = position;
            int asked = position.skills.isEmpty() ? position.titleWords.size() : position.skills.size();
            this.credits = new int[asked];
            this.earnedBy = new String[asked];
            this.earnedHow = new Relation[asked];
            this.place = place(person, position);
            this.conditions = conditions(person.facts().wishes(), position.facts(), place);
            scores[ScorePart.SKILLS.ordinal()] = skills();
            Integer least = position.facts().minExperienceMonths();
            scores[ScorePart.EXPERIENCE.ordinal()] =
                    PartScores.experience(person.facts().experienceMonths(), least == null ? 0 : least);
            scores[ScorePart.EDUCATION.ordinal()] = PartScores.education(
                    PartScores.ordinal(person.facts().education()),
                    PartScores.ordinal(position.facts().education()));
            scores[ScorePart.SALARY.ordinal()] = salary(person.facts().wishes(), position.facts());
            scores[ScorePart.LOCATION.ordinal()] = place.score();
            scores[ScorePart.WORKING_CONDITIONS.ordinal()] = mean(conditions);
            this.total = PartScores.total(weights, scores, points);
        }

        int total() {
            return total;
        }

        int score(ScorePart part) {
            return scores[part.ordinal()];
        }

        /** Whether the candidate has one of the skills that the job names, or one word of its title when it names none. */
        boolean inCommon() {
            for (int credit : credits) {
                if (credit == FULL) {
                    return true;
                }
            }
            return false;
        }

        private int skills() {
            if (position.skills.isEmpty()) {
                for (int i = 0; i < credits.length; i++) {
                    String word = position.titleWords.get(i);
                    if (person.titleWords.contains(word)) {
                        credits[i] = FULL;
                        earnedBy[i] = word;
                    }
                }
            } else {
                for (int i = 0; i < credits.length; i++) {
                    earn(i);
                }
            }
            int required = position.skills.isEmpty() ? credits.length : position.required;
            long ofRequired = 0;
            long ofPreferred = 0;
            for (int i = 0; i < credits.length; i++) {
                if (i < required) {
                    ofRequired += credits[i];
                } else {
                    ofPreferred += credits[i];
                }
            }
            return PartScores.skills(required, ofRequired, credits.length - required, ofPreferred);
        }

        private void earn(int i) {
            String same = person.skills.get(position.keys.get(i));
            if (same != null) {
                credits[i] = FULL;
                earnedBy[i] = same;
                earnedHow[i] = Relation.SAME;
                return;
            }
            String asked = position.skills.get(i);
            for (String has : person.skills.values()) {
                Relation relation = relations.between(asked, has);
                if (relation.credit() > credits[i] && !(relation == Relation.SIBLING && position.asksFor(has))) {
                    credits[i] = relation.credit();
                    earnedBy[i] = has;
                    earnedHow[i] = relation;
                }
            }
        }

        private long unit(int i) {
            int preferred = position.skills.size() - position.required;
            return PartScores.unit(i < position.required, position.required, preferred);
        }

        /** Puts the numbers into words. */
        Score explain() {
            List<Score.Part> parts = new ArrayList<>(PARTS.length);
            for (ScorePart part : PARTS) {
                int weight = profile.weight(part);
                int earned = points[part.ordinal()];
                List<Contribution> contributions =
                        switch (part) {
                            case SKILLS -> skillContributions(weight, earned);
                            case EXPERIENCE -> List.of(experienceContribution(weight, earned));
                            case EDUCATION -> List.of(educationContribution(weight, earned));
                            case SALARY -> List.of(salaryContribution(weight, earned));
                            case LOCATION -> List.of(locationContribution(weight, earned));
                            case WORKING_CONDITIONS -> conditionContributions(conditions, weight, earned);
                        };
                boolean assessed = contributions.stream().anyMatch(one -> one.verdict() != Verdict.NOT_ASSESSED);
                parts.add(new Score.Part(part, score(part), weight, earned, assessed, contributions));
            }
            return new Score(version(), lexiconHash, total, parts, fit());
        }

        private List<Contribution> skillContributions(int weight, int points) {
            if (credits.length == 0) {
                return List.of(new Contribution(
                        ScorePart.SKILLS, Kind.TITLE_WORD, null, Verdict.MISSING, weight, points, null));
            }
            long[] units = new long[credits.length];
            long[] earned = new long[credits.length];
            for (int i = 0; i < credits.length; i++) {
                units[i] = unit(i);
                earned[i] = units[i] * credits[i];
            }
            int[] weights = Rounding.cut(weight, units);
            int[] parts = Rounding.cut(points, earned);
            boolean byTitle = position.skills.isEmpty();
            List<Contribution> contributions = new ArrayList<>(credits.length);
            for (int i = 0; i < credits.length; i++) {
                String has = earnedBy[i];
                contributions.add(new Contribution(
                        ScorePart.SKILLS,
                        byTitle ? Kind.TITLE_WORD : i < position.required ? Kind.REQUIRED_SKILL : Kind.PREFERRED_SKILL,
                        byTitle ? position.titleWords.get(i) : position.skills.get(i),
                        Verdict.of(credits[i]),
                        weights[i],
                        parts[i],
                        has == null ? null : new Evidence(byTitle ? "title" : "skills", has, earnedHow[i])));
            }
            return contributions;
        }

        private Contribution experienceContribution(int weight, int points) {
            Integer asked = position.facts().minExperienceMonths();
            int has = person.facts().experienceMonths();
            Verdict verdict = asked == null ? Verdict.NOT_ASSESSED : Verdict.of(has >= asked ? FULL : has);
            return new Contribution(
                    ScorePart.EXPERIENCE,
                    Kind.EXPERIENCE_MONTHS,
                    asked == null ? null : asked.toString(),
                    verdict,
                    weight,
                    points,
                    Evidence.of("experience_months", String.valueOf(has)));
        }

        private Contribution educationContribution(int weight, int points) {
            EducationLevel asked = position.facts().education();
            EducationLevel has = person.facts().education();
            int score = score(ScorePart.EDUCATION);
            Verdict verdict = asked == null
                    ? Verdict.NOT_ASSESSED
                    : has != null && has.compareTo(asked) >= 0 ? Verdict.MATCHED : Verdict.of(score);
            return new Contribution(
                    ScorePart.EDUCATION,
                    Kind.EDUCATION_LEVEL,
                    asked == null ? null : asked.word(),
                    verdict,
                    weight,
                    points,
                    Evidence.ofNullable("education_level", has == null ? null : has.word()));
        }

        private Contribution salaryContribution(int weight, int points) {
            return new Contribution(
                    ScorePart.SALARY,
                    Kind.SALARY,
                    money(position.facts().offer(), position.facts().currency()),
                    comparable(person.facts().wishes(), position.facts())
                            ? Verdict.of(score(ScorePart.SALARY))
                            : Verdict.NOT_ASSESSED,
                    weight,
                    points,
                    wishedSalary());
        }

        private @Nullable Evidence wishedSalary() {
            return Evidence.ofNullable(
                    "salary_wish",
                    money(
                            person.facts().wishes().salary(),
                            person.facts().wishes().currency()));
        }

        private Contribution locationContribution(int weight, int points) {
            Evidence evidence =
                    switch (place) {
                        case REMOTE, NONE_ASKED ->
                            Evidence.ofNullable("location", person.facts().location());
                        case WISHED ->
                            Evidence.of(
                                    "preferred_locations",
                                    String.join("; ", person.facts().wishes().locations()));
                        case MOVES -> Evidence.of("relocates", "true");
                        default ->
                            Evidence.ofNullable("location", person.facts().location());
                    };
            return new Contribution(
                    ScorePart.LOCATION,
                    Kind.LOCATION,
                    place == Place.REMOTE
                            ? REMOTE_MODE
                            : place == Place.NONE_ASKED
                                    ? null
                                    : position.facts().location(),
                    place.verdict(),
                    weight,
                    points,
                    evidence);
        }

        private Score.Fit fit() {
            CandidateFacts.Wishes wishes = person.facts().wishes();
            List<Condition> wished = new ArrayList<>();
            Evidence salary = wishedSalary();
            String offer = money(position.facts().offer(), position.facts().currency());
            if (salary != null && offer != null && comparable(wishes, position.facts())) {
                wished.add(new Condition(Kind.SALARY, offer, score(ScorePart.SALARY), salary));
            }
            if (!wishes.locations().isEmpty() && (position.remote || !position.places.isEmpty())) {
                wished.add(new Condition(
                        Kind.LOCATION,
                        position.remote
                                ? REMOTE_MODE
                                : String.valueOf(position.facts().location()),
                        wishedPlace(),
                        Evidence.of("preferred_locations", String.join("; ", wishes.locations()))));
            }
            conditions.stream()
                    .filter(condition -> condition.kind() != Kind.LANGUAGE)
                    .forEach(wished::add);
            int candidateForJob = profile.mean(
                    this::score, ScorePart.SKILLS, ScorePart.EXPERIENCE, ScorePart.EDUCATION, ScorePart.LOCATION);
            if (wished.isEmpty()) {
                return new Score.Fit(candidateForJob, null, List.of());
            }
            int jobForCandidate = mean(wished);
            return new Score.Fit(
                    candidateForJob, jobForCandidate, conditionContributions(wished, FULL, jobForCandidate));
        }

        private int wishedPlace() {
            if (position.remote) {
                return FULL;
            }
            int best = 0;
            for (List<String> wished : person.wishedPlaces) {
                best = Math.max(best, Place.compare(wished, position.places).score());
            }
            return best;
        }
    }

    /** @param lexiconHash which lexicon the skills' canonical names and relations come from */
    ScoringEngine(WeightProfile profile, String lexiconHash, SkillRelations relations) {
        this.profile = profile;
        this.weights = profile.weights().stream().mapToInt(Integer::intValue).toArray();
        this.lexiconHash = lexiconHash;
        this.relations = relations;
    }

    /** Names the rules and the weights: scores of the same version, lexicon and facts are equal. */
    String version() {
        return RULES + '/' + profile.version();
    }

    String lexiconHash() {
        return lexiconHash;
    }

    WeightProfile profile() {
        return profile;
    }

    SkillRelations relations() {
        return relations;
    }

    /** The numbers alone. */
    Assessment assess(Person person, Position position) {
        return new Assessment(person, position);
    }

    /** The numbers and their reasons. */
    Score score(Person person, Position position) {
        return assess(person, position).explain();
    }

    Score score(CandidateFacts candidate, JobFacts job) {
        return score(new Person(candidate), new Position(job));
    }

    /** Whether what is wanted and what is paid are amounts of the same currency. No period is converted into another. */
    static boolean comparable(CandidateFacts.Wishes wishes, JobFacts job) {
        return wishes.salary() != null
                && job.offer() != null
                && wishes.currency() != null
                && wishes.currency().equals(job.currency());
    }

    private static int salary(CandidateFacts.Wishes wishes, JobFacts job) {
        Long wanted = wishes.salary();
        Long offer = job.offer();
        return wanted == null || offer == null || !comparable(wishes, job)
                ? PartScores.NEUTRAL
                : PartScores.salary(wanted, offer);
    }

    private static @Nullable String money(@Nullable Long amount, @Nullable String currency) {
        return amount == null ? null : currency == null ? amount.toString() : amount + " " + currency;
    }

    private static Place place(Person person, Position position) {
        if (position.remote) {
            return Place.REMOTE;
        }
        if (position.places.isEmpty()) {
            return Place.NONE_ASKED;
        }
        return Place.of(
                Place.lives(person.places, position.places),
                Place.wished(person.wishedPlaces, position.places),
                Boolean.TRUE.equals(person.facts().wishes().relocates()));
    }

    private static List<Condition> conditions(CandidateFacts.Wishes wishes, JobFacts job, Place place) {
        if (wishes.equals(CandidateFacts.Wishes.NONE)) {
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        String mode = job.workMode();
        if (mode != null && !wishes.workModes().isEmpty()) {
            conditions.add(new Condition(
                    Kind.WORK_MODE,
                    mode,
                    PartScores.workMode(wishes.workModes(), mode),
                    Evidence.of("work_modes", String.join(", ", wishes.workModes()))));
        }
        String type = job.employmentType();
        if (type != null && !wishes.employmentTypes().isEmpty()) {
            conditions.add(new Condition(
                    Kind.EMPLOYMENT_TYPE,
                    type,
                    PartScores.employmentType(wishes.employmentTypes(), type),
                    Evidence.of("employment_types", String.join(", ", wishes.employmentTypes()))));
        }
        if (!wishes.languages().isEmpty()) {
            for (Language asked : job.languages()) {
                conditions.add(language(wishes.languages(), asked));
            }
        }
        Integer available = wishes.availableInDays();
        Integer start = job.startsInDays();
        if (available != null && start != null) {
            conditions.add(new Condition(
                    Kind.AVAILABILITY,
                    start.toString(),
                    PartScores.availability(available, start),
                    Evidence.of("available_in_days", available.toString())));
        }
        Boolean moves = wishes.relocates();
        if (moves != null && place.asksToMove()) {
            conditions.add(new Condition(
                    Kind.RELOCATION,
                    String.valueOf(job.location()),
                    PartScores.relocation(moves),
                    Evidence.of("relocates", moves.toString())));
        }
        return conditions;
    }

    private static Condition language(List<Language> spoken, Language asked) {
        int best = 0;
        String shown = "";
        for (Language has : spoken) {
            int credit = PartScores.language(has, asked);
            if (credit > best) {
                best = credit;
                shown = words(has);
            }
        }
        if (best == 0) {
            shown = String.join(", ", spoken.stream().map(ScoringEngine::words).toList());
        }
        return new Condition(Kind.LANGUAGE, words(asked), best, Evidence.of("languages", shown));
    }

    private static String words(Language language) {
        return language.level() == null ? language.name() : language.name() + " " + language.level();
    }

    private static int mean(List<Condition> conditions) {
        long sum = 0;
        for (Condition condition : conditions) {
            sum += condition.credit();
        }
        return PartScores.conditions(sum, conditions.size());
    }

    private static List<Contribution> conditionContributions(List<Condition> conditions, int weight, int points) {
        if (conditions.isEmpty()) {
            return List.of(new Contribution(
                    ScorePart.WORKING_CONDITIONS,
                    Kind.NO_CONDITIONS,
                    null,
                    Verdict.NOT_ASSESSED,
                    weight,
                    points,
                    null));
        }
        long[] units = new long[conditions.size()];
        long[] earned = new long[conditions.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = 1;
            earned[i] = conditions.get(i).credit();
        }
        int[] weights = Rounding.cut(weight, units);
        int[] parts = Rounding.cut(points, earned);
        List<Contribution> contributions = new ArrayList<>(units.length);
        for (int i = 0; i < units.length; i++) {
            Condition condition = conditions.get(i);
            contributions.add(new Contribution(
                    ScorePart.WORKING_CONDITIONS,
                    condition.kind(),
                    condition.required(),
                    Verdict.of(condition.credit()),
                    weights[i],
                    parts[i],
                    condition.evidence()));
        }
        return contributions;
    }

    /** Whether the words of a place say that there is none. */
    static boolean saysRemote(@Nullable String location) {
        return location != null && plain(location).stream().anyMatch(REMOTE::contains);
    }

    /** Skills of the same key are the same. */
    static String key(String skill) {
        return skill.strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> words(String title) {
        return plain(title).stream()
                .filter(word -> word.length() > 1 && !TITLE_NOISE.contains(word))
                .map(ScoringEngine::ungendered)
                .distinct()
                .toList();
    }

    private static String ungendered(String word) {
        String whole = GENDERED_WORDS.get(word);
        if (whole != null) {
            return whole;
        }
        for (Map.Entry<String, String> ending : GENDERED_ENDINGS) {
            if (word.endsWith(ending.getKey())
                    && word.length() > ending.getKey().length() + 1) {
                return word.substring(0, word.length() - ending.getKey().length()) + ending.getValue();
            }
        }
        return word;
    }

    private static List<String> plain(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('ё', 'е');
        return Arrays.stream(lower.split("[^\\p{L}\\d+#]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The parts of a place, in one spelling each, from the smallest; empty when there is none. */
    private static List<String> placesOf(@Nullable String location) {
        if (location == null) {
            return List.of();
        }
        List<String> places = new ArrayList<>();
        for (String part : location.split("[,;/|()]")) {
            List<String> words = plain(part);
            if (!words.isEmpty() && words.get(0).equals("г")) {
                words = words.subList(1, words.size());
            }
            if (!words.isEmpty()) {
                places.add(canonical(String.join(" ", words)));
            }
        }
        return places;
    }

    private static String canonical(String place) {
        return PLACES.stream()
                .filter(names -> names.contains(place))
                .findFirst()
                .map(names -> names.get(0))
                .orElse(place);
    }
}
