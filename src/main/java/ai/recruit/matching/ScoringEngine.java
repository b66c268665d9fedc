package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scores a candidate against a job: a pure function of job-related facts, in whole numbers, so the same facts give the
 * same score everywhere and for ever. Name, gender, age, photo, address beyond the place, and school are no input.
 *
 * <p>Each part is in basis points, 0 to 10000:
 *
 * <ul>
 *   <li><b>Skills</b> (weight 0.4): the share of the skills that the job asks for that the candidate has. When the job
 *       names no skill, the share of the words of its title that stand in the candidate's title.
 *   <li><b>Experience</b> (0.3): 7000 at the months that are asked for, 750 more for each further year; below, the same
 *       share of 7000 as the candidate has of the months. When nothing is asked for, as if 0 months were.
 *   <li><b>Education</b> (0.1): 8000 at the level that is asked for, 1000 more for each level above, 5000 one level and
 *       2500 two levels below, else 0; 0 when the candidate's is not known. When nothing is asked for, 8000.
 *   <li><b>Location</b> (0.2): 10000 for remote work or the same place, 5000 for the same country or region or when the
 *       candidate's place is not known, else 0. When the job names none, 7500.
 * </ul>
 *
 * <p>The total is the weighted mean, rounded half up. The numbers for experience and education are those that reproduce
 * the documented sample of the recruiter API (table 1.R of the requirements, C11).
 */
final class ScoringEngine {

    private static final String RULES = "1";
    private static final int FULL = 10_000;
    private static final int YEAR = 12;

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

    private final Weights weights;
    private final String version;

    /** What each part counts for, in basis points; they need not add up to 10000. */
    record Weights(int skills, int experience, int education, int location) {

        Weights {
            if (skills < 0 || experience < 0 || education < 0 || location < 0) {
                throw new IllegalArgumentException("A weight must not be negative");
            }
            if (skills + experience + education + location == 0) {
                throw new IllegalArgumentException("At least one weight must be above 0");
            }
        }

        private int sum() {
            return skills + experience + education + location;
        }
    }

    /** What is known of a person that has to do with work. Made once for many jobs. */
    static final class Person {

        private final List<String> skillNames;
        private final Set<String> skills;
        private final Set<String> titleWords;
        private final int experienceMonths;
        private final @Nullable EducationLevel education;
        private final List<String> places;

        /** @param skills canonical names */
        Person(
                List<String> skills,
                @Nullable String title,
                int experienceMonths,
                @Nullable EducationLevel education,
                @Nullable String location) {
            this.skills = skills.stream().map(ScoringEngine::key).collect(Collectors.toUnmodifiableSet());
            this.titleWords = title == null ? Set.of() : new HashSet<>(words(title));
            this.experienceMonths = experienceMonths;
            this.education = education;
            this.places = places(location);
            this.skillNames = List.copyOf(skills);
        }

        List<String> skillNames() {
            return skillNames;
        }
    }

    /** @param skills canonical names */
    record Position(
            String title,
            List<String> skills,
            @Nullable Integer minExperienceMonths,
            @Nullable EducationLevel education,
            @Nullable String location) {}

    /** @param lexiconVersion which lexicon the skills' canonical names come from */
    ScoringEngine(Weights weights, String lexiconVersion) {
        this.weights = weights;
        this.version = RULES + "/" + weights.skills() + "-" + weights.experience() + "-" + weights.education() + "-"
                + weights.location() + "/" + lexiconVersion;
    }

    /** Names the rules, the weights and the lexicon: scores of the same version and facts are equal. */
    String version() {
        return version;
    }

    Score score(Person person, Position position) {
        List<String> evidence = new ArrayList<>(4);
        List<String> matching = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String skill : position.skills()) {
            (person.skills.contains(key(skill)) ? matching : missing).add(skill);
        }
        int skills = skills(person, position, matching, missing, evidence);
        int experience = experience(person.experienceMonths, position.minExperienceMonths(), evidence);
        int education = education(person.education, position.education(), evidence);
        int location = location(person.places, position.location(), evidence);
        long sum = (long) weights.skills() * skills
                + (long) weights.experience() * experience
                + (long) weights.education() * education
                + (long) weights.location() * location;
        int total = (int) ((sum * 2 + weights.sum()) / (2L * weights.sum()));
        return new Score(
                total,
                skills,
                experience,
                education,
                location,
                List.copyOf(matching),
                List.copyOf(missing),
                String.join(" ", evidence));
    }

    private static int skills(
            Person person, Position position, List<String> matching, List<String> missing, List<String> evidence) {
        int asked = position.skills().size();
        if (asked > 0) {
            evidence.add("Skills: " + matching.size() + " of " + asked
                    + (matching.isEmpty() ? "" : " (" + String.join(", ", matching) + ")")
                    + (missing.isEmpty() ? "." : "; missing " + String.join(", ", missing) + "."));
            return share(matching.size(), asked);
        }
        Set<String> wanted = new HashSet<>(words(position.title()));
        if (wanted.isEmpty()) {
            evidence.add("Skills: the job names none.");
            return 0;
        }
        long common = wanted.stream().filter(person.titleWords::contains).count();
        evidence.add("Skills: the job names none; " + common + " of " + wanted.size()
                + " words of its title stand in the candidate's.");
        return share(common, wanted.size());
    }

    private static int experience(int months, @Nullable Integer asked, List<String> evidence) {
        int least = asked == null ? 0 : asked;
        evidence.add("Experience: " + years(months)
                + (asked == null ? ", none asked for." : ", " + years(asked) + " asked for."));
        if (months < least) {
            return (int) ((7000L * months * 2 + least) / (2L * least));
        }
        return Math.min(FULL, 7000 + (months - least) / YEAR * 750 + (months - least) % YEAR * 750 / YEAR);
    }

    private static String years(int months) {
        int tenths = (months * 10 + YEAR / 2) / YEAR;
        String number = tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
        return number + (tenths == 10 ? " year" : " years");
    }

    private static int education(@Nullable EducationLevel has, @Nullable EducationLevel asked, List<String> evidence) {
        String known = has == null ? "not known" : has.word();
        if (asked == null) {
            evidence.add("Education: " + known + ", none asked for.");
            return 8000;
        }
        evidence.add("Education: " + known + ", " + asked.word() + " asked for.");
        if (has == null) {
            return 0;
        }
        int above = has.ordinal() - asked.ordinal();
        return switch (above) {
            case -1 -> 5000;
            case -2 -> 2500;
            default -> above < 0 ? 0 : Math.min(FULL, 8000 + above * 1000);
        };
    }

    private static int location(List<String> has, @Nullable String asked, List<String> evidence) {
        List<String> wanted = places(asked);
        if (asked == null || wanted.isEmpty()) {
            evidence.add("Location: the job names none.");
            return 7500;
        }
        if (plain(asked).stream().anyMatch(REMOTE::contains)) {
            evidence.add("Location: remote.");
            return FULL;
        }
        if (has.isEmpty()) {
            evidence.add("Location: the candidate's is not known.");
            return 5000;
        }
        // "Berlin, Germany": the first part is the place itself, what follows is where that lies.
        if (has.get(0).equals(wanted.get(0)) || has.contains(wanted.get(0)) && wanted.size() == 1) {
            evidence.add("Location: the same.");
            return FULL;
        }
        if (wanted.stream().anyMatch(has::contains)) {
            evidence.add("Location: the same country or region.");
            return 5000;
        }
        evidence.add("Location: elsewhere.");
        return 0;
    }

    private static int share(long part, int whole) {
        return (int) ((part * FULL * 2 + whole) / (2L * whole));
    }

    private static String key(String skill) {
        return skill.strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> words(String title) {
        return plain(title).stream()
                .filter(word -> word.length() > 1 && !TITLE_NOISE.contains(word))
                .distinct()
                .toList();
    }

    private static List<String> plain(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('ё', 'е');
        return Arrays.stream(lower.split("[^\\p{L}\\d+#]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The parts of a place, in one spelling each, from the smallest; empty when there is none. */
    private static List<String> places(@Nullable String location) {
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
