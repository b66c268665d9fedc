package ai.recruit.job;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A salary out of free text (table 1.R, C26), for example {@code $100k - $150k}, {@code €55,000 per year},
 * {@code от 100 000 до 150 000 руб.} or {@code 120-150 тыс. ₽}. Numbers are whole units over whatever period the text
 * means; no period is converted into another.
 *
 * @param min the lower end; null when the text has only an upper one
 * @param max the upper end; null when the text is open upwards
 * @param currency ISO 4217; null when the text names none
 */
record Salary(
        @Nullable Long min, @Nullable Long max, @Nullable String currency) {

    private static final int MAX_TEXT = 300;
    private static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(1_000_000_000_000L);

    /** Digits with group separators and decimals, then a multiplier. */
    private static final Pattern AMOUNT = Pattern.compile(
            "(?<![\\p{L}\\d.,])(?<number>\\d{1,3}(?:[ ,.'’]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?)(?!\\d)"
                    + "\\s?(?<times>(?:k|к|тыс(?:яч[аи]?)?|thousand|m|mln|млн|million|lakhs?|lpa)(?!\\p{L})\\.?)?"
                    + "(?<percent>\\s?%)?");

    private static final Pattern UP_TO =
            Pattern.compile("(?:до|up to|max(?:imum)?\\.?|не более|under|below|<)\\s*\\D{0,4}$");
    private static final Pattern BETWEEN = Pattern.compile(
            "\\s*\\p{Sc}?\\s*\\p{L}{0,4}\\.?\\s*(?:-|to|до|по|and|и|\\.\\.)\\s*\\p{Sc}?\\s*\\p{L}{0,4}\\.?\\s*\\p{Sc}?\\s*");

    private static final Map<Pattern, String> CURRENCIES = currencies();

    private static Map<Pattern, String> currencies() {
        Map<Pattern, String> currencies = new LinkedHashMap<>();
        // The longer spellings first: A$ is no $.
        currencies.put(Pattern.compile("(?:c|ca)\\$|\\bcad\\b"), "CAD");
        currencies.put(Pattern.compile("(?:a|au)\\$|\\baud\\b"), "AUD");
        currencies.put(Pattern.compile("s\\$|\\bsgd\\b"), "SGD");
        currencies.put(Pattern.compile("hk\\$|\\bhkd\\b"), "HKD");
        currencies.put(Pattern.compile("r\\$|\\bbrl\\b"), "BRL");
        currencies.put(
                Pattern.compile("₽|\\brub\\b|\\brur\\b|(?<!\\p{L})руб|(?<!\\p{L})р\\.(?!\\p{L})|rubles?"), "RUB");
        currencies.put(Pattern.compile("€|\\beur\\b|евро|euros?"), "EUR");
        currencies.put(Pattern.compile("£|\\bgbp\\b|фунт"), "GBP");
        currencies.put(Pattern.compile("₸|\\bkzt\\b|тенге|(?<!\\p{L})тг(?!\\p{L})"), "KZT");
        currencies.put(Pattern.compile("\\bkgs\\b|(?<!\\p{L})сом(?:ов|а)?(?!\\p{L})|⃀"), "KGS");
        currencies.put(Pattern.compile("\\buzs\\b|(?<!\\p{L})сум(?:ов)?(?!\\p{L})"), "UZS");
        currencies.put(Pattern.compile("₴|\\buah\\b|грн|гривен"), "UAH");
        currencies.put(Pattern.compile("\\bbyn\\b|бел\\.? ?руб"), "BYN");
        currencies.put(Pattern.compile("₹|\\binr\\b|\\brs\\.|\\blpa\\b|lakh"), "INR");
        currencies.put(Pattern.compile("\\bchf\\b|франк"), "CHF");
        currencies.put(Pattern.compile("zł|\\bpln\\b|злот"), "PLN");
        currencies.put(Pattern.compile("\\bsek\\b"), "SEK");
        currencies.put(Pattern.compile("₺|\\btry\\b"), "TRY");
        currencies.put(Pattern.compile("₾|\\bgel\\b|лари"), "GEL");
        currencies.put(Pattern.compile("\\baed\\b|дирхам"), "AED");
        currencies.put(Pattern.compile("¥|\\bjpy\\b|\\bcny\\b|\\brmb\\b"), "JPY");
        currencies.put(Pattern.compile("\\$|\\busd\\b|доллар|dollars?|(?<!\\p{L})у\\.?\\s?е\\."), "USD");
        return Collections.unmodifiableMap(currencies);
    }

    /** Reads a salary; empty when the text holds no amount that can be understood without guessing. */
    static Optional<Salary> parse(String raw) {
        if (raw.length() > MAX_TEXT) {
            return Optional.empty();
        }
        String text = raw.toLowerCase(Locale.ROOT)
                .replaceAll("[\\u00a0\\u2007\\u2009\\u202f\\s]+", " ")
                .replaceAll("\\s*[\\u2010-\\u2015\\u2212]\\s*", " - ")
                .strip();
        List<Amount> amounts = new ArrayList<>();
        Matcher matcher = AMOUNT.matcher(text);
        while (matcher.find()) {
            if (matcher.group("percent") != null) {
                continue;
            }
            String times = matcher.group("times");
            amounts.add(new Amount(
                    plain(matcher.group("number")), times == null ? 1 : factor(times), matcher.start(), matcher.end()));
        }
        if (amounts.isEmpty() || amounts.get(0).value().signum() == 0) {
            return Optional.empty();
        }
        Amount first = amounts.get(0);
        boolean range = amounts.size() > 1
                && BETWEEN.matcher(text.substring(first.end(), amounts.get(1).start()))
                        .matches();
        if (amounts.size() > (range ? 2 : 1)
                && amounts.subList(range ? 2 : 1, amounts.size()).stream()
                        .anyMatch(other -> other.total().compareTo(BigDecimal.valueOf(1000)) >= 0)) {
            // A second salary, a bonus: which of them is meant would be a guess.
            return Optional.empty();
        }
        String currency = currency(text);
        if (range) {
            Amount second = amounts.get(1);
            BigDecimal low = first.total();
            // "100-150k": the multiplier stands once for both.
            if (first.factor() == 1 && second.factor() > 1 && first.value().compareTo(BigDecimal.valueOf(1000)) < 0) {
                low = first.value().multiply(BigDecimal.valueOf(second.factor()));
            }
            BigDecimal high = second.total();
            if (low.compareTo(high) > 0 || high.compareTo(MAX_AMOUNT) > 0) {
                return Optional.empty();
            }
            return Optional.of(new Salary(whole(low), whole(high), currency));
        }
        if (first.total().compareTo(MAX_AMOUNT) > 0) {
            return Optional.empty();
        }
        String before = text.substring(0, first.start());
        String after = text.substring(first.end());
        long amount = whole(first.total());
        if (UP_TO.matcher(before).find()) {
            return Optional.of(new Salary(null, amount, currency));
        }
        boolean open =
                before.matches("(?s).*(?:(?<!\\p{L})от|from|min(?:imum)?\\.?|at least|over|above|>)\\s*\\D{0,4}$")
                        || after.matches("(?s)^\\s*(?:\\+|and (?:up|above)|и выше).*");
        return Optional.of(new Salary(amount, open ? null : amount, currency));
    }

    private record Amount(BigDecimal value, int factor, int start, int end) {

        BigDecimal total() {
            return value.multiply(BigDecimal.valueOf(factor));
        }
    }

    private static int factor(String word) {
        return switch (word.charAt(0)) {
            case 'k', 'к', 't', 'т' -> 1000;
            case 'l' -> 100_000;
            case 'm', 'м' -> 1_000_000;
            default -> 1;
        };
    }

    private static BigDecimal plain(String number) {
        // A separator before exactly three digits groups; before one or two it is a decimal point.
        String decimals = "";
        String whole = number;
        Matcher tail = Pattern.compile("[.,](\\d{1,2})$").matcher(number);
        if (tail.find()) {
            decimals = "." + tail.group(1);
            whole = number.substring(0, tail.start());
        }
        String digits = whole.replaceAll("\\D", "");
        return digits.length() > 15 ? BigDecimal.ZERO : new BigDecimal(digits + decimals);
    }

    private static @Nullable String currency(String text) {
        for (Map.Entry<Pattern, String> entry : CURRENCIES.entrySet()) {
            if (entry.getKey().matcher(text).find()) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static long whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
