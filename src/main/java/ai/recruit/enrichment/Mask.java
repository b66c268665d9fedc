package ai.recruit.enrichment;

import ai.recruit.parsing.ParsedResume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of texts what tells whose resume they are of: the person's name in all its words and cases, where they live,
 * and whatever has the form of an e-mail address, a telephone number, a link, a street or a day. It rather takes out too
 * much than too little.
 */
final class Mask {

    static final String NAME = "[NAME]";
    static final String PLACE = "[PLACE]";
    static final String EMAIL = "[EMAIL]";
    static final String PHONE = "[PHONE]";
    static final String LINK = "[LINK]";
    static final String ADDRESS = "[ADDRESS]";
    static final String DAY = "[DATE]";

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final int SHORTEST_STEM = 4;

    private static final Pattern EMAILS =
            Pattern.compile("[\\p{L}\\d._%+'-]+\\s?(?:@|\\(at\\)|\\[at\\])\\s?[\\p{L}\\d.-]+\\.\\p{L}{2,}", FLAGS);
    private static final Pattern LINKS = Pattern.compile(
            "(?:https?://|www\\.)[^\\s<>]+|(?<![\\p{L}\\d@])(?:[\\p{L}\\d-]+\\.)+(?:com|org|net|io|dev|me|ru|рф|su|kg|kz|uz|by|ua|de|uk|fr|eu|info|pro|page|app|ai|co)/[^\\s<>,;]+|(?<![\\p{L}\\d.])@[A-Za-z][\\w]{3,}",
            FLAGS);
    /** Seven digits and more, however they are parted; years beside each other have a dash between them at most. */
    private static final Pattern PHONES =
            Pattern.compile("(?<![\\p{L}\\d])\\+?\\(?\\d(?:[\\s().\\u2010-\\u2015-]{0,3}\\d){8,16}(?!\\d)");

    private static final Pattern DAYS = Pattern.compile("(?<!\\d)\\d{1,2}[./-]\\d{1,2}[./-](?:19|20)?\\d{2}(?!\\d)"
            + "|(?<!\\d)(?:19|20)\\d{2}[./-]\\d{1,2}[./-]\\d{1,2}(?!\\d)");
    private static final Pattern STREETS = Pattern.compile(
            "\\d{1,5}[\\p{L}]?\\s+(?:[\\p{L}.'-]+\\s){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|square|court)\\b\\.?(?:,?\\s*(?:apt|apartment|unit|#)\\.?\\s*\\w+)?"
                    + "|(?<!\\p{L})(?:ул|улица|пр-т|проспект|просп|пер|переулок|бульвар|б-р|шоссе|наб|набережная|мкр|микрорайон)(?:\\.\\s*|\\s+)[\\p{L}\\d\\s.-]{2,40}?(?:,\\s*(?:д|дом)\\.?\\s*\\d+[\\p{L}]?)?(?:,\\s*(?:кв|квартира)\\.?\\s*\\d+)?(?=[,;\\n]|$)",
            FLAGS | Pattern.MULTILINE);

    private record Rule(Pattern pattern, String mark) {}

    private final List<Rule> rules = new ArrayList<>();

    private Mask() {}

    static Mask of(ParsedResume resume) {
        ParsedResume.PersonalInfo person = resume.personalInfo();
        Mask mask = new Mask();
        // Whole known values first, since their parts have forms of their own.
        mask.literal(person.emails(), EMAIL);
        mask.literal(person.links().stream().map(ParsedResume.Link::url).toList(), LINK);
        mask.literal(person.phones().stream().map(ParsedResume.Phone::printed).toList(), PHONE);
        mask.rules.add(new Rule(EMAILS, EMAIL));
        mask.rules.add(new Rule(LINKS, LINK));
        mask.rules.add(new Rule(DAYS, DAY));
        mask.rules.add(new Rule(PHONES, PHONE));
        mask.rules.add(new Rule(STREETS, ADDRESS));
        Set<String> names = new LinkedHashSet<>();
        for (String part : Arrays.asList(person.name(), person.firstName(), person.lastName(), person.patronymic())) {
            names.addAll(words(part));
        }
        for (ParsedResume.Link link : person.links()) {
            String path = link.url().replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
            // The name that the person has on a network is as good as their own.
            if (!link.kind().equals("web") && path.indexOf('/') >= 0) {
                String handle = path.substring(path.lastIndexOf('/') + 1);
                if (handle.length() >= SHORTEST_STEM) {
                    mask.rules.add(new Rule(whole(Pattern.quote(handle)), NAME));
                }
            }
        }
        mask.words(names, NAME);
        if (person.location() != null) {
            mask.literal(List.of(person.location()), PLACE);
            Set<String> places = new LinkedHashSet<>();
            for (String part : person.location().split("[,;/|()]")) {
                if (part.strip().length() > 1) {
                    places.add(part.strip());
                }
            }
            mask.literal(places, PLACE);
        }
        return mask;
    }

    /** The text without what tells whose it is; null for null. */
    @Nullable String apply(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String masked = text;
        for (Rule rule : rules) {
            masked = rule.pattern().matcher(masked).replaceAll(Matcher.quoteReplacement(rule.mark()));
        }
        return masked;
    }

    private void literal(Collection<String> values, String mark) {
        values.stream()
                .filter(value -> !value.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(value -> rules.add(new Rule(whole(spaced(value.strip())), mark)));
    }

    /** Names, also in the cases of Russian, and joined names word by word. */
    private void words(Set<String> names, String mark) {
        if (names.isEmpty()) {
            return;
        }
        String any = names.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Mask::inflected)
                .collect(Collectors.joining("|"));
        rules.add(new Rule(Pattern.compile("(?<![\\p{L}])(?:" + any + ")(?![\\p{L}])", FLAGS), mark));
    }

    private static String inflected(String name) {
        boolean cyrillic =
                name.codePoints().allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.CYRILLIC);
        if (!cyrillic || name.length() < SHORTEST_STEM) {
            return Pattern.quote(name);
        }
        char last = Character.toLowerCase(name.charAt(name.length() - 1));
        boolean vowel = "аеёиоуыэюяйь".indexOf(last) >= 0;
        return Pattern.quote(vowel ? name.substring(0, name.length() - 1) : name) + "\\p{L}{0,3}";
    }

    private static Set<String> words(@Nullable String name) {
        Set<String> words = new LinkedHashSet<>();
        if (name != null) {
            for (String word : name.split("[^\\p{L}'’]+")) {
                if (word.codePointCount(0, word.length()) > 1) {
                    words.add(word.toLowerCase(Locale.ROOT));
                }
            }
        }
        return words;
    }

    private static String spaced(String value) {
        return Arrays.stream(value.split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+"));
    }

    private static Pattern whole(String regex) {
        return Pattern.compile("(?<![\\p{L}\\d])" + regex + "(?![\\p{L}\\d])", FLAGS);
    }
}
