package ai.recruit.matching;

import ai.recruit.matching.SkillRelations.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores candidates against one job. */
final class CandidateScorer extends PairScorer<CandidateSegment> {

    private static final int EXPERIENCE = ScorePart.EXPERIENCE.ordinal();
    private static final int EDUCATION = ScorePart.EDUCATION.ordinal();
    private static final Place[] PLACES = Place.values();

    private static final Use[] USELESS = {};

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

    /** By the number of a skill: what it is good for. */
    private final Use[][] uses;

    /** By the numbers of places, titles, languages and terms; filled as they are met. */
    private final int[] lives;

    private final int[] titles;
    private final int[] languages;
    private final @Nullable Declared[] declared;

    /** A skill that earns something for one that is asked for. */
    private record Use(int asked, String by, Relation how) {}

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
        this.uses = uses(engine.relations());
        this.lives = new int[words.places.size()];
        this.titles = new int[words.titles.size()];
        this.languages = new int[words.languages.size()];
        this.declared = new Declared[words.terms.size()];
    }

    private Use[][] uses(SkillRelations relations) {
        Map<String, Integer> byKey = new HashMap<>();
        List<Integer> related = new ArrayList<>();
        for (int i = 0; i < position.skills().size(); i++) {
            String name = position.skills().get(i);
            byKey.put(ScoringEngine.key(name), i);
            if (relations.knows(name)) {
                related.add(i);
            }
        }
        Use[][] all = new Use[words.skills.size()][];
        List<Use> found = new ArrayList<>();
        for (int skill = 0; skill < all.length; skill++) {
            RankingWords.Skill has = words.skills.get(skill);
            Integer same = byKey.get(has.key());
            if (same != null) {
                found.add(new Use(same, has.name(), Relation.SAME));
            }
            if (has.related()) {
                for (int i : related) {
                    Relation relation = relations.between(position.skills().get(i), has.name());
                    boolean standsIn = same == null || (same != i && relation != Relation.SIBLING);
                    if (relation != Relation.NONE && standsIn) {
                        found.add(new Use(i, has.name(), relation));
                    }
                }
            }
            all[skill] = found.isEmpty() ? USELESS : found.toArray(Use[]::new);
            found.clear();
        }
        return all;
    }

    @Override
    void facts(CandidateSegment segment, int row, PairNumbers into) {
        into.scores[EXPERIENCE] = PartScores.experience(segment.months(row), months);
        into.scores[EDUCATION] = PartScores.education(segment.education(row), education);
    }

    @Override
    int salary(CandidateSegment segment, int row) {
        long wanted = segment.salary(row);
        return offer == 0 || wanted == 0 || segment.currency(row) != currency
                ? PartScores.NEUTRAL
                : PartScores.salary(wanted, offer);
    }

    @Override
    Place place(CandidateSegment segment, int row) {
        if (position.remote()) {
            return Place.REMOTE;
        }
        if (position.places().isEmpty()) {
            return Place.NONE_ASKED;
        }
        int number = segment.place(row);
        int known = lives[number];
        if (known == UNKNOWN) {
            known = 1 + Place.lives(words.places.get(number), position.places()).ordinal();
            lives[number] = known;
        }
        Declared has = declared(segment.terms(row));
        return Place.of(PLACES[known - 1], has.wished(), has.moves() == 1);
    }

    @Override
    int conditions(CandidateSegment segment, int row, Place place) {
        Declared has = declared(segment.terms(row));
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
        return PartScores.conditions(credit, count);
    }

    private Declared declared(int number) {
        Declared known = declared[number];
        if (known == null) {
            known = declared(words.terms.get(number));
            declared[number] = known;
        }
        return known;
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
                use(uses[numbers[i]], into);
            }
        }
        return PartScores.skills(required, into.credit(0, required), asked - required, into.credit(required, asked));
    }

    private static void use(Use[] ofSkill, PairNumbers into) {
        for (Use use : ofSkill) {
            // The first of several that are equally close is the one that counts, as in the engine.
            if (use.how().credit() > into.credit(use.asked())) {
                into.earn(use.asked(), use.how().credit(), use.by(), use.how());
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
