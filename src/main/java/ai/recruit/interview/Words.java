package ai.recruit.interview;

import java.util.Map;

/**
 * The same in both languages. Nothing here comes from the locale data of the machine, so it is the same everywhere.
 *
 * @param en English
 * @param ru Russian
 */
record Words(String en, String ru) {

    private static final int LONGEST = 80;
    private static final String[] MONTHS_EN = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };

    private static final Map<String, Words> LEVELS = Map.of(
            "secondary", new Words("secondary school", "среднее"),
            "vocational", new Words("vocational training", "среднее профессиональное"),
            "associate", new Words("an associate degree", "незаконченное высшее"),
            "bachelor", new Words("a bachelor's degree", "бакалавриат"),
            "specialist", new Words("a specialist diploma", "специалитет"),
            "master", new Words("a master's degree", "магистратура"),
            "doctor", new Words("a doctorate", "учёная степень"));

    private static final Map<String, String> LANGUAGES_RU = Map.ofEntries(
            Map.entry("English", "английский"),
            Map.entry("Russian", "русский"),
            Map.entry("Kyrgyz", "кыргызский"),
            Map.entry("Kazakh", "казахский"),
            Map.entry("Uzbek", "узбекский"),
            Map.entry("Tajik", "таджикский"),
            Map.entry("Ukrainian", "украинский"),
            Map.entry("German", "немецкий"),
            Map.entry("French", "французский"),
            Map.entry("Spanish", "испанский"),
            Map.entry("Italian", "итальянский"),
            Map.entry("Portuguese", "португальский"),
            Map.entry("Dutch", "нидерландский"),
            Map.entry("Polish", "польский"),
            Map.entry("Czech", "чешский"),
            Map.entry("Turkish", "турецкий"),
            Map.entry("Arabic", "арабский"),
            Map.entry("Hebrew", "иврит"),
            Map.entry("Chinese", "китайский"),
            Map.entry("Japanese", "японский"),
            Map.entry("Korean", "корейский"));

    String in(Tongue tongue) {
        return tongue == Tongue.RU ? ru : en;
    }

    /** A text of the resume or the position, the same in both languages, on one line and not too long. */
    static Words same(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.codePointCount(0, line.length()) > LONGEST) {
            line = line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)).strip() + '…';
        }
        return new Words(line, line);
    }

    /** For example {@code 1 year 2 months}. */
    static Words duration(int months) {
        int years = months / 12;
        int rest = months % 12;
        String en = years == 0 ? "" : years + (years == 1 ? " year" : " years");
        String ru = years == 0 ? "" : years + " " + plural(years, "год", "года", "лет");
        if (rest > 0 || years == 0) {
            en += (en.isEmpty() ? "" : " ") + rest + (rest == 1 ? " month" : " months");
            ru += (ru.isEmpty() ? "" : " ") + rest + " " + plural(rest, "месяц", "месяца", "месяцев");
        }
        return new Words(en, ru);
    }

    /** From one month to another, for example {@code March 2019 to May 2020}. */
    static Words period(Month from, Month until) {
        return new Words(from.en() + " to " + until.en(), from.ru() + " — " + until.ru());
    }

    static Words level(String word) {
        return LEVELS.getOrDefault(word, same(word));
    }

    static Words language(String name) {
        return new Words(
                same(name).en(), LANGUAGES_RU.getOrDefault(name, same(name).ru()));
    }

    private static String plural(int number, String one, String few, String many) {
        int tens = number % 100;
        int ones = number % 10;
        if (tens >= 11 && tens <= 14) {
            return many;
        }
        return ones == 1 ? one : ones >= 2 && ones <= 4 ? few : many;
    }

    /**
     * A month of a resume.
     *
     * @param number from 1 to 12
     * @param wholeYear whether the resume tells the year alone
     */
    record Month(int year, int number, boolean wholeYear) {

        /** Months since year 0. */
        int index() {
            return year * 12 + number - 1;
        }

        static Month ofIndex(int index) {
            return new Month(index / 12, index % 12 + 1, false);
        }

        String en() {
            return wholeYear ? String.valueOf(year) : MONTHS_EN[number - 1] + " " + year;
        }

        String ru() {
            return wholeYear ? String.valueOf(year) : (number < 10 ? "0" : "") + number + "." + year;
        }
    }
}
