package ai.recruit.matching;

import ai.recruit.matching.SkillRelations.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores candidates against one job. */
final class CandidateScorer extends PairScorer<CandidateSegment> {

    private static final Relation[] RELATIONS = Relation.values();

    private static final int EXPERIENCE = ScorePart.EXPERIENCE.ordinal();
    private static final int EDUCATION = ScorePart.EDUCATION.ordinal();
    private static final int SALARY = ScorePart.SALARY.ordinal();
    private static final int LOCATION = ScorePart.LOCATION.ordinal();
    private static final int CONDITIONS = ScorePart.WORKING_CONDITIONS.ordinal();
    private static final Place[] PLACES = Place.values();

    private final RankingWords words;
    private final ScoringEngine.Position position;
    private final JobFacts facts;
    private final int asked;
    private final int required;
    private final int months;
    private final int education;
    private final long offer;
    private final int currency;
    private final int today;

    /** By the number of a skill: where in {@link #uses} its entries begin, or 0. */
    private final int[] usesOf;
    /** For each skill that is of use how many entries follow, and those: which one that is asked for, and the relation. */
    private final int[] uses;

    /** By the numbers of places, titles, languages and terms; filled as they are met. */
    private final int[] lives;

    private final int[] titles;
    private final int[] languages;
    private final Declared[] declared;

    /** What of a candidate's terms matters here. Immutable, so threads may share it without more. */
    private record Declared(int credit, int count, boolean wished, int moves) {}

    /** @param today from which the days of the position are counted */
    CandidateScorer(ScoringEngine engine, ScoringEngine.Position position, RankingWords words, int today) {
        super(engine.profile());
        this.words = words;
        this.today = today;
        this.position = position;
        this.facts = position.facts();
        this.asked = position.skills().isEmpty()
                ? position.titleWords().size()
                : position.skills().size();
        this.required = position.skills().isEmpty() ? asked : position.required();
        this.months = facts.minExperienceMonths() == null ? 0 : facts.minExperienceMonths();
        this.education = PartScores.ordinal(facts.education());
        Long most = facts.offer();
        this.offer = most == null || facts.currency() == null ? 0 : most;
        this.currency = facts.currency() == null ? PartScores.NONE : words.words.find(facts.currency());
        this.usesOf = new int[words.skills.size()];
        this.uses = uses(engine.relations());
        this.lives = new int[words.places.size()];
        this.titles = new int[words.titles.size()];
        this.languages = new int[words.languages.size()];
        this.declared = new Declared[words.terms.size()];
    }

    private int[] uses(SkillRelations relations) {
        Map<String, Integer> byKey = new HashMap<>();
        List<Integer> related = new ArrayList<>();
        for (int i = 0; i < position.skills().size(); i++) {
            String name = position.skills().get(i);
            byKey.put(ScoringEngine.key(name), i);
            if (relations.knows(name)) {
                related.add(i);
            }
        }
        List<Integer> all = new ArrayList<>();
        all.add(0);
        for (int skill = 0; skill < usesOf.length; skill++) {
            RankingWords.Skill has = words.skills.get(skill);
            int begin = all.size();
            Integer same = byKey.get(has.key());
            if (same != null) {
                all.add(entry(same, Relation.SAME));
            }
            if (has.related()) {
                for (int i : related) {
                    Relation relation = relations.between(position.skills().get(i), has.name());
                    boolean standsIn = same == null || (same != i && relation != Relation.SIBLING);
                    if (relation != Relation.NONE && standsIn) {
                        all.add(entry(i, relation));
                    }
                }
            }
            if (all.size() > begin) {
                usesOf[skill] = begin;
                all.add(begin, all.size() - begin);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int entry(int asked, Relation relation) {
        return asked * RELATIONS.length + relation.ordinal();
    }

    @Override
    void others(CandidateSegment segment, int row, PairNumbers into) {
        int[] scores = into.scores;
        scores[EXPERIENCE] = PartScores.experience(segment.months(row), months);
        scores[EDUCATION] = PartScores.education(segment.education(row), education);
        long wanted = segment.salary(row);
        scores[SALARY] = offer == 0 || wanted == 0 || segment.currency(row) != currency
                ? PartScores.NEUTRAL
                : PartScores.salary(wanted, offer);
        int terms = segment.terms(row);
        Declared has = declared[terms];
        if (has == null) {
            has = declared(words.terms.get(terms));
            declared[terms] = has;
        }
        Place place = place(segment.place(row), has);
        scores[LOCATION] = place.score();
        int credit = has.credit();
        int count = has.count();
        int spoken = segment.languages(row);
        if (spoken != 0) {
            credit += languages(spoken);
            count += facts.languages().size();
        }
        if (has.moves() != PartScores.NONE && place.asksToMove()) {
            credit += PartScores.relocation(has.moves() == 1);
            count++;
        }
        scores[CONDITIONS] = PartScores.conditions(credit, count);
    }

    private Place place(int number, Declared has) {
        if (position.remote()) {
            return Place.REMOTE;
        }
        if (position.places().isEmpty()) {
            return Place.NONE_ASKED;
        }
        int known = lives[number];
        if (known == UNKNOWN) {
            known = 1 + Place.lives(words.places.get(number), position.places()).ordinal();
            lives[number] = known;
        }
        return Place.of(PLACES[known - 1], has.wished(), has.moves() == 1);
    }

    private Declared declared(RankingWords.Terms terms) {
        int credit = 0;
        int count = 0;
        String mode = facts.workMode();
        if (mode != null && !terms.workModes().isEmpty()) {
            credit += PartScores.workMode(terms.workModes(), mode);
            count++;
        }
        String type = facts.employmentType();
        if (type != null && !terms.employmentTypes().isEmpty()) {
            credit += PartScores.employmentType(terms.employmentTypes(), type);
            count++;
        }
        Integer available = terms.availableFrom();
        Integer start = facts.startsInDays();
        if (available != null && start != null) {
            // Who could have started in the past can start today.
            credit += PartScores.availability(Math.max(0, available - today), start);
            count++;
        }
        return new Declared(
                credit,
                count,
                !position.places().isEmpty() && Place.wished(terms.wishedPlaces(), position.places()),
                terms.relocates() == null ? PartScores.NONE : terms.relocates() ? 1 : 0);
    }

    private int languages(int number) {
        int known = languages[number];
        if (known == UNKNOWN) {
            int sum = 0;
            for (Language one : facts.languages()) {
                sum += PartScores.language(words.languages.get(number), one);
            }
            known = 1 + sum;
            languages[number] = known;
        }
        return known - 1;
    }

    @Override
    int skills(CandidateSegment segment, int row, PairNumbers into) {
        into.begin(asked);
        if (position.skills().isEmpty()) {
            titleWords(segment.title(row), into);
        } else {
            int[] numbers = segment.skills();
            for (int i = segment.begin(row), end = segment.end(row); i < end; i++) {
                int use = usesOf[numbers[i]];
                if (use != 0) {
                    use(numbers[i], use, into);
                }
            }
        }
        return PartScores.skills(required, into.credit(0, required), asked - required, into.credit(required, asked));
    }

    private void use(int skill, int use, PairNumbers into) {
        for (int i = use + 1, end = use + 1 + uses[use]; i < end; i++) {
            int one = uses[i] / RELATIONS.length;
            Relation relation = RELATIONS[uses[i] % RELATIONS.length];
            // The first of several that are equally close is the one that counts, as in the engine.
            if (relation.credit() > into.credit(one)) {
                into.earn(one, relation.credit(), words.skills.get(skill).name(), relation);
            }
        }
    }

    private void titleWords(int title, PairNumbers into) {
        // Most titles have nothing in common with the job's.
        if (titles[title] == UNKNOWN) {
            boolean any = position.titleWords().stream().anyMatch(words.titles.get(title)::contains);
            titles[title] = any ? 2 : 1;
        }
        if (titles[title] == 1) {
            return;
        }
        List<String> has = words.titles.get(title);
        for (int i = 0; i < asked; i++) {
            String word = position.titleWords().get(i);
            if (has.contains(word)) {
                into.earn(i, PartScores.FULL, word, null);
            }
        }
    }
}
