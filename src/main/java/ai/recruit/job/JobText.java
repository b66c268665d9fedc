package ai.recruit.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a job asks for: the least experience, the least education, the level. Only what the text states;
 * where it is silent, null.
 *
 * @param minExperienceMonths the least that is asked for
 * @param education the least education, as {@link JobProfile#educationRequirement()}
 * @param level {@code internship}, {@code junior}, {@code middle}, {@code senior} or {@code lead}, out of the title
 */
record JobText(
        @Nullable Integer minExperienceMonths,
        @Nullable String education,
        @Nullable String level) {

    private static final int MAX_YEARS = 40;
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("одного", 1),
            Map.entry("двух", 2),
            Map.entry("трех", 3),
            Map.entry("трёх", 3),
            Map.entry("четырех", 4),
            Map.entry("четырёх", 4),
            Map.entry("пяти", 5));

    private static final String NUMBER =
            "(\\d{1,2}(?:[.,]5)?|one|two|three|four|five|six|seven|eight|nine|ten|одного|двух|тр[её]х|четыр[её]х|пяти)";

    /** A number of years that stands near a word for experience, or in a form that only requirements have. */
    private static final List<Pattern> YEARS = List.of(
            // 3+ years, 3-5 years of experience, at least three years' experience in, 5 yrs hands-on experience
            compile(
                    NUMBER
                            + "\\s*(\\+)?(?:\\s*(?:-|–|—|to)\\s*\\d{1,2}\\s*\\+?)?\\s*(?:years?|yrs?)\\b['’]?(?=\\W*(?:or more)?[^.;\\n]{0,60}?\\bexperience)"),
            compile(NUMBER + "\\s*(\\+)\\s*(?:years?|yrs?)\\b"),
            compile("(?:at least|minimum(?: of)?|min\\.?|over|more than)\\s+" + NUMBER
                    + "\\s*\\+?\\s*(?:years?|yrs?)\\b"),
            compile("\\bexperience[^.;\\n]{0,30}?\\b" + NUMBER
                    + "\\s*\\+?(?:\\s*(?:-|–|—|to)\\s*\\d{1,2})?\\s*\\+?\\s*(?:years?|yrs?)\\b"),
            // опыт работы от 3 лет, опыт 1–3 года, не менее 5 лет опыта, от трёх лет
            compile(
                    "(?<!\\p{L})опыт[^.;\\n]{0,60}?(?:(?:от|не менее|более|свыше|минимум)\\s+)?" + NUMBER
                            + "\\s*\\+?(?:-х|-ти|-и)?(?:\\s*(?:-|–|—|до)\\s*\\d{1,2})?(?:-х|-ти|-и)?\\s*(?:лет|года?|годов)(?!\\p{L})"),
            compile("(?<!\\p{L})(?:от|не менее|более|свыше|минимум)\\s+" + NUMBER
                    + "(?:-х|-ти|-и)?\\s*(?:лет|года?|годов)(?!\\p{L})(?=[^.;\\n]{0,40}?опыт)"),
            compile(NUMBER + "\\s*\\+\\s*(?:лет|года?)(?!\\p{L})"),
            compile("^\\s*(?:[-•*·]\\s*)?от\\s+" + NUMBER + "(?:-х|-ти|-и)?\\s*(?:лет|года?)(?!\\p{L})"));

    /** Age and company history are not experience. */
    private static final Pattern OTHER_YEARS = compile(
            "(?:years? (?:old|of age)|aged?\\b|возраст|старше|(?:for|over the (?:last|past)|founded|на рынке)[^.;\\n]{0,20}$)");

    private static final Map<String, Pattern> EDUCATION = Map.of(
            "doctor",
                    compile(
                            "\\bph\\.?\\s?d\\b|\\bdoctorate\\b|\\bdoctoral degree|кандидат[а]? (?:\\p{L}+ )?наук|доктор[а]? наук"),
            "master",
                    compile(
                            "\\bmaster['’]?s?\\b(?=\\s+(?:degree|of|in|level))|\\bm\\.?sc\\b|\\bmba\\b|магистратур|степень магистра|магистр(?!\\p{L})"),
            "bachelor",
                    compile(
                            "\\bbachelor['’]?s?\\b|\\bb\\.?sc\\b|\\bb\\.?tech\\b|\\bundergraduate degree|\\buniversity degree|\\bcollege degree|\\b(?:bs|ba)/(?:ms|ma)\\b"
                                    + "|бакалавр|(?<!неполное |незаконченное |незак. )высшее(?: \\p{L}+){0,2} образование|образование[^.;\\n]{0,20}высшее|высшего образования"),
            "associate", compile("\\bassociate['’]?s? degree"),
            "vocational",
                    compile(
                            "среднее (?:специальное|профессиональное)|\\bvocational (?:education|training)|\\btrade school"),
            "secondary",
                    compile(
                            "\\bhigh school (?:diploma|degree|education)|\\bged\\b|среднее (?:общее |полное )?образование"));

    /** From the lowest: the least of what a text offers as enough is what it asks for. */
    private static final List<String> LEVELS_UP =
            List.of("secondary", "vocational", "associate", "bachelor", "master", "doctor");

    private static final Map<String, Pattern> TITLE = Map.of(
            "internship", compile("\\bintern(?:ship)?\\b|\\btrainee\\b|стаж[её]р|практикант"),
            "junior", compile("\\bjunior\\b|\\bjr\\b|\\bentry[ -]level\\b|младший|джуниор"),
            "middle", compile("\\bmiddle\\b|\\bmid[ -](?:level|senior)\\b|мидл"),
            "senior", compile("\\bsenior\\b|\\bsr\\b|\\bprincipal\\b|\\bstaff\\b|старший|ведущий|сеньор"),
            "lead", compile("\\blead\\b|\\bhead of\\b|тимлид|руководитель|начальник"));

    private static final List<String> TITLE_ORDER = List.of("internship", "lead", "senior", "junior", "middle");

    private static Pattern compile(String regex) {
        return Pattern.compile(regex, FLAGS | Pattern.MULTILINE);
    }

    static JobText of(String title, @Nullable String description, @Nullable String requirements) {
        String body = (description == null ? "" : description) + "\n" + (requirements == null ? "" : requirements);
        return new JobText(experience(title + "\n" + body), education(body), level(title));
    }

    /** The greatest of what is asked for: "5+ years of Java, 2+ years of Kafka" asks for five years. */
    private static @Nullable Integer experience(String text) {
        Integer months = null;
        for (Pattern pattern : YEARS) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                double years = years(matcher.group(1));
                String near = text.substring(Math.max(0, matcher.start() - 30), matcher.start())
                        + text.substring(matcher.start(), Math.min(text.length(), matcher.end() + 12));
                if (years <= 0 || years > MAX_YEARS || OTHER_YEARS.matcher(near).find()) {
                    continue;
                }
                int found = (int) Math.round(years * 12);
                months = months == null ? found : Math.max(months, found);
            }
        }
        return months;
    }

    private static double years(String number) {
        Integer word = WORDS.get(number.toLowerCase(Locale.ROOT));
        return word == null ? Double.parseDouble(number.replace(',', '.')) : word;
    }

    private static @Nullable String education(String text) {
        for (String level : LEVELS_UP) {
            Pattern pattern = EDUCATION.get(level);
            if (pattern != null && pattern.matcher(text).find()) {
                return level;
            }
        }
        return null;
    }

    private static @Nullable String level(String title) {
        for (String level : TITLE_ORDER) {
            Pattern pattern = TITLE.get(level);
            if (pattern != null && pattern.matcher(title).find()) {
                return level;
            }
        }
        return null;
    }
}
