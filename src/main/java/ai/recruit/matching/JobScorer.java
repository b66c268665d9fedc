package ai.recruit.matching;

import ai.recruit.matching.SkillRelations.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores jobs against one candidate. */
final class JobScorer extends PairScorer<JobSegment> {

    private static final int EXPERIENCE = ScorePart.EXPERIENCE.ordinal();
    private static final int EDUCATION = ScorePart.EDUCATION.ordinal();
    private static final Place[] PLACES = Place.values();

    private final RankingWords words;
    private final ScoringEngine.Person person;
    private final CandidateFacts.Wishes wishes;
    private final int months;
    private final int education;
    private final long wanted;
    private final int currency;
    private final int moves;
    private final int today;

    /** By the number of a skill: what earns it, siblings aside; null when nothing does. */
    private final @Nullable Earned[] earned;

    /** By the number of a skill that nothing else earns: its siblings, in the order in which the engine would take them. */
    private final @Nullable List<Earned>[] siblings;

    /** By the numbers of places, languages and words; filled as they are met. */
    private final int[] places;

    private final int[] languages;
    private final int[] workModes;
    private final int[] employmentTypes;

    private record Earned(String by, Relation how) {}

    /** @param today from which the days of the person are counted */
    @SuppressWarnings("unchecked") // there are no arrays of generic types
    JobScorer(ScoringEngine engine, ScoringEngine.Person person, RankingWords words, int today) {
        super(engine.profile());
        this.words = words;
        this.today = today;
        this.person = person;
        this.wishes = person.facts().wishes();
        this.months = person.facts().experienceMonths();
        this.education = PartScores.ordinal(person.facts().education());
        this.wanted = wishes.salary() == null || wishes.currency() == null ? 0 : wishes.salary();
        this.currency = wishes.currency() == null ? PartScores.NONE : words.words.find(wishes.currency());
        this.moves = wishes.relocates() == null ? PartScores.NONE : wishes.relocates() ? 1 : 0;
        this.earned = new Earned[words.skills.size()];
        this.siblings = new List[words.skills.size()];
        SkillRelations relations = engine.relations();
        List<String> related = person.skills().stream().filter(relations::knows).toList();
        for (int skill = 0; skill < earned.length; skill++) {
            relate(skill, related, relations);
        }
        this.places = new int[words.places.size()];
        this.languages = new int[words.languages.size()];
        this.workModes = new int[words.words.size()];
        this.employmentTypes = new int[words.words.size()];
    }

    private void relate(int skill, List<String> related, SkillRelations relations) {
        RankingWords.Skill asked = words.skills.get(skill);
        String same = person.skill(asked.key());
        if (same != null) {
            earned[skill] = new Earned(same, Relation.SAME);
            return;
        }
        if (!asked.related()) {
            return;
        }
        List<Earned> close = new ArrayList<>();
        for (String has : related) {
            Relation relation = relations.between(asked.name(), has);
            Earned best = earned[skill];
            if (relation == Relation.SIBLING) {
                close.add(new Earned(has, relation));
            } else if (relation != Relation.NONE
                    && (best == null || relation.credit() > best.how().credit())) {
                // The first of several that are equally close is the one that counts, as in the engine.
                earned[skill] = new Earned(has, relation);
            }
        }
        if (earned[skill] == null && !close.isEmpty()) {
            siblings[skill] = close;
        }
    }

    @Override
    void facts(JobSegment segment, int row, PairNumbers into) {
        into.scores[EXPERIENCE] = PartScores.experience(months, segment.months(row));
        into.scores[EDUCATION] = PartScores.education(education, segment.education(row));
    }

    @Override
    int salary(JobSegment segment, int row) {
        long offer = segment.offer(row);
        return wanted == 0 || offer == 0 || segment.currency(row) != currency
                ? PartScores.NEUTRAL
                : PartScores.salary(wanted, offer);
    }

    @Override
    Place place(JobSegment segment, int row) {
        if (segment.remote(row)) {
            return Place.REMOTE;
        }
        int number = segment.place(row);
        int known = places[number];
        if (known == UNKNOWN) {
            List<String> parts = words.places.get(number);
            Place place = parts.isEmpty()
                    ? Place.NONE_ASKED
                    : Place.of(
                            Place.lives(person.places(), parts),
                            Place.wished(person.wishedPlaces(), parts),
                            moves == 1);
            known = 1 + place.ordinal();
            places[number] = known;
        }
        return PLACES[known - 1];
    }

    @Override
    int conditions(JobSegment segment, int row, Place place) {
        int credit = 0;
        int count = 0;
        int mode = segment.workMode(row);
        if (mode != 0 && !wishes.workModes().isEmpty()) {
            if (workModes[mode] == UNKNOWN) {
                workModes[mode] = 1 + PartScores.workMode(wishes.workModes(), words.words.get(mode));
            }
            credit += workModes[mode] - 1;
            count++;
        }
        int type = segment.employmentType(row);
        if (type != 0 && !wishes.employmentTypes().isEmpty()) {
            if (employmentTypes[type] == UNKNOWN) {
                employmentTypes[type] = 1 + PartScores.employmentType(wishes.employmentTypes(), words.words.get(type));
            }
            credit += employmentTypes[type] - 1;
            count++;
        }
        int asked = segment.languages(row);
        if (asked != 0 && !wishes.languages().isEmpty()) {
            credit += languages(asked);
            count += words.languages.get(asked).size();
        }
        Integer available = wishes.availableInDays();
        int start = segment.starts(row);
        if (available != null && start != JobSegment.NO_START) {
            credit += PartScores.availability(available, Math.max(0, start - today));
            count++;
        }
        if (moves != PartScores.NONE && place.asksToMove()) {
            credit += PartScores.relocation(moves == 1);
            count++;
        }
        return PartScores.conditions(credit, count);
    }

    private int languages(int number) {
        int known = languages[number];
        if (known == UNKNOWN) {
            int sum = 0;
            for (Language one : words.languages.get(number)) {
                sum += PartScores.language(wishes.languages(), one);
            }
            known = 1 + sum;
            languages[number] = known;
        }
        return known - 1;
    }

    @Override
    int skills(JobSegment segment, int row, PairNumbers into) {
        int begin = segment.begin(row);
        int asked = segment.end(row) - begin;
        if (asked == 0) {
            return titleWords(words.titles.get(segment.title(row)), into);
        }
        into.begin(asked);
        int[] numbers = segment.skills();
        for (int i = 0; i < asked; i++) {
            int skill = numbers[begin + i];
            Earned one = earned[skill];
            if (one == null && siblings[skill] != null) {
                one = standIn(siblings[skill], numbers, begin, asked);
            }
            if (one != null) {
                into.earn(i, one.how().credit(), one.by(), one.how());
            }
        }
        int required = segment.required(row);
        return PartScores.skills(required, into.credit(0, required), asked - required, into.credit(required, asked));
    }

    /** The first that the job does not ask for by itself. */
    private @Nullable Earned standIn(List<Earned> close, int[] numbers, int begin, int asked) {
        for (Earned one : close) {
            if (!asksFor(one.by(), numbers, begin, asked)) {
                return one;
            }
        }
        return null;
    }

    private boolean asksFor(String skill, int[] numbers, int begin, int asked) {
        for (int i = begin; i < begin + asked; i++) {
            Earned one = earned[numbers[i]];
            if (one != null && one.how() == Relation.SAME && one.by().equals(skill)) {
                return true;
            }
        }
        return false;
    }

    private int titleWords(List<String> asked, PairNumbers into) {
        into.begin(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            if (person.titleWords().contains(asked.get(i))) {
                into.earn(i, PartScores.FULL, asked.get(i), null);
            }
        }
        return PartScores.skills(asked.size(), into.credit(0, asked.size()), 0, 0);
    }

    /** The skills that a job asks for, in the order of their credits. */
    List<String> asked(JobSegment segment, int row) {
        int[] numbers = segment.skills();
        List<String> names = new ArrayList<>();
        for (int i = segment.begin(row), end = segment.end(row); i < end; i++) {
            names.add(words.skills.get(numbers[i]).name());
        }
        return names;
    }
}
