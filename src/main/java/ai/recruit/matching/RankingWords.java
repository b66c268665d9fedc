package ai.recruit.matching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What rows of a ranking have in common: every value that many of them share, once. */
final class RankingWords {

    /**
     * @param key skills of the same key are the same
     * @param related whether it can be related to others at all
     */
    record Skill(String name, String key, boolean related) {}

    /**
     * What a candidate has declared apart from salary and languages.
     *
     * @param availableFrom a day as {@link java.time.LocalDate#toEpochDay} counts them
     */
    record Terms(
            List<String> workModes,
            List<String> employmentTypes,
            @Nullable Integer availableFrom,
            @Nullable Boolean relocates,
            List<List<String>> wishedPlaces) {

        static final Terms NONE = new Terms(List.of(), List.of(), null, null, List.of());

        static Terms of(ScoringEngine.Person person, int today) {
            CandidateFacts.Wishes wishes = person.facts().wishes();
            return new Terms(
                    wishes.workModes(),
                    wishes.employmentTypes(),
                    wishes.availableInDays() == null ? null : Integer.valueOf(today + wishes.availableInDays()),
                    wishes.relocates(),
                    person.wishedPlaces());
        }
    }

    final Dictionary<String, Skill> skills;
    final Dictionary<List<String>, List<String>> places = Dictionary.of(List.of());
    final Dictionary<List<String>, List<String>> titles = Dictionary.of(List.of());
    final Dictionary<List<Language>, List<Language>> languages = Dictionary.of(List.of());
    final Dictionary<Terms, Terms> terms = Dictionary.of(Terms.NONE);
    /** Currencies, work modes, employment types. */
    final Dictionary<String, String> words = Dictionary.of("\0");

    final Dictionary<UUID, UUID> owners = Dictionary.of(new UUID(0, 0));

    private final Map<String, String> strings = new HashMap<>();

    RankingWords(SkillRelations relations) {
        this.skills = new Dictionary<>(name -> new Skill(name, ScoringEngine.key(name), relations.knows(name)));
    }

    int place(List<String> parts) {
        return number(places, parts);
    }

    int title(List<String> words) {
        return number(titles, words);
    }

    int word(@Nullable String word) {
        return word == null ? 0 : words.number(word);
    }

    /** Parts of places and words of titles occur in many lists: each is kept once. */
    private int number(Dictionary<List<String>, List<String>> lists, List<String> list) {
        int known = lists.find(list);
        return known == PartScores.NONE
                ? lists.number(list.stream()
                        .map(part -> strings.computeIfAbsent(part, same -> same))
                        .toList())
                : known;
    }

    /** Roughly, in bytes: what is shared is small beside the rows. */
    long bytes() {
        int entries = skills.size() + places.size() + titles.size() + languages.size() + terms.size() + owners.size();
        return 200L * entries + 80L * strings.size();
    }
}
