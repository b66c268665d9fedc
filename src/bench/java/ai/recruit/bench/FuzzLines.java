package ai.recruit.bench;

import ai.recruit.parsing.SampleResumes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Resumes as text whose lines are written by a grammar of dates or of phone numbers, sound and less so. */
final class FuzzLines implements FuzzFormat {

    private static final String[] MONTHS = {
        "jan",
        "January",
        "FEB",
        "Mar.",
        "apr",
        "may",
        "June",
        "jul",
        "Sept",
        "October",
        "nov.",
        "December",
        "янв",
        "января",
        "февр.",
        "март",
        "мая",
        "ИЮНЬ",
        "июля",
        "авг",
        "сент.",
        "октябрь",
        "нояб",
        "дек.",
        "мае"
    };
    private static final String[] BETWEEN = {
        " - ",
        "-",
        "\u2013",
        " \u2014 ",
        "--",
        "---",
        " to ",
        " until ",
        " по ",
        " до ",
        "...",
        " \u2192 ",
        "/",
        ".",
        " ",
        "",
        ", ",
        " ~ ",
        "\t",
        " through ",
        "\u2212",
        "\u2012"
    };
    private static final String[] ENDS = {
        "present",
        "Current",
        "now",
        "today",
        "ongoing",
        "по настоящее время",
        "н.в.",
        "наст. вр.",
        "сейчас",
        "till date",
        "до сих пор",
        "по сегодняшний день",
        "текущее время",
        "presents",
        "nowhere"
    };
    private static final String[] BEFORE = {
        "",
        "",
        "",
        "since ",
        "from ",
        "с ",
        "со ",
        "начиная с ",
        "Spring ",
        "лето ",
        "Winter, ",
        "осень ",
        "(",
        "[",
        "'",
        "of ",
        "1st ",
        "31 ",
        "00.",
        "99/"
    };
    private static final String[] AFTER = {
        "", "", "", " г.", " гг.", " года", " year", ")", ".", ";", "'", " (3 years)", "th", "\u0301"
    };
    private static final String[] LABELS = {
        "",
        "",
        "Phone: ",
        "tel.",
        "Тел.: ",
        "моб ",
        "Mobile ",
        "cell:",
        "+",
        "(",
        "((",
        "fax ",
        "WhatsApp ",
        "https://t.me/",
        "a@",
        "№ "
    };
    private static final String[] GAPS = {
        "", "", " ", "-", ".", "(", ")", " (", ") ", "/", "\u2013", "\u00a0", "\u2011", "  ", "--"
    };
    private static final String[] CODES = {
        "+7", "8", "7", "+1", "1", "+44", "+49", "+380", "+375", "+998", "+86", "+91", "00", "011", "+", "++", "+0",
        "+999", "+800"
    };
    private static final String[] TAILS = {
        "", "", "", " ext. 5", " x99999999", " доб. 123", ";ext=1", ";phone-context=+7", "#", "*", "@", "/2"
    };

    private final boolean dates;

    FuzzLines(boolean dates) {
        this.dates = dates;
    }

    @Override
    public List<Sample> seeds() {
        List<Sample> seeds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] text = SampleResumes.txt(i % 2 == 0 ? SampleResumes.person(i) : SampleResumes.russian(i));
            List<Part> parts = new ArrayList<>();
            for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
                parts.add(line(line));
            }
            seeds.add(new Sample(parts, 1));
        }
        return seeds;
    }

    private static Part line(String text) {
        return new Part("line", new byte[0], text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Sample change(Sample from, Sample other, Random random) {
        List<Part> parts = new ArrayList<>(from.parts());
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(parts.size());
            Part written = line(odd(dates ? date(random) : phone(random), random));
            switch (random.nextInt(6)) {
                case 0 -> parts.add(at, written);
                case 1 -> parts.set(at, change(parts.get(at), written, random));
                case 2 -> {
                    String both = new String(parts.get(at).body(), StandardCharsets.UTF_8)
                            + (random.nextBoolean() ? " | " : "\t")
                            + new String(written.body(), StandardCharsets.UTF_8);
                    parts.set(at, line(both));
                }
                default -> parts.set(at, written);
            }
            if (parts.size() > 400) {
                parts.subList(200, parts.size()).clear();
            }
        }
        return new Sample(parts, random.nextLong());
    }

    @Override
    public Part change(Part part, Part other, Random random) {
        String text = new String(part.body(), StandardCharsets.UTF_8);
        int at = random.nextInt(text.length() + 1);
        return line(text.substring(0, at) + new String(other.body(), StandardCharsets.UTF_8) + text.substring(at));
    }

    /** Mostly the line as it is; else with odd letters within, many times over, or with digits of another script. */
    private static String odd(String line, Random random) {
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                int at = random.nextInt(line.length() + 1);
                return line.substring(0, at) + FuzzBytes.letters(random) + line.substring(at);
            }
            case 2 -> {
                return line.repeat(1 + random.nextInt(1 << random.nextInt(11)));
            }
            case 3 -> {
                char zero = "\u0660\u06f0\u0966\uff10\u09e6".charAt(random.nextInt(5));
                StringBuilder out = new StringBuilder();
                line.chars().forEach(c -> out.append(c >= '0' && c <= '9' ? (char) (zero + c - '0') : (char) c));
                return out.toString();
            }
            case 4 -> {
                return random.nextBoolean() ? line.toUpperCase(java.util.Locale.ROOT) : line.replace(' ', '\u00a0');
            }
            default -> {
                return line;
            }
        }
    }

    private static String any(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }

    private static String date(Random random) {
        StringBuilder out = new StringBuilder();
        int points = 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 3);
        for (int i = 0; i < points; i++) {
            out.append(i > 0 ? any(BETWEEN, random) : "").append(any(BEFORE, random));
            switch (random.nextInt(8)) {
                case 0 -> out.append(any(ENDS, random));
                case 1 -> out.append(year(random));
                case 2 ->
                    out.append(1 + random.nextInt(14))
                            .append(any(BETWEEN, random))
                            .append(year(random));
                case 3 ->
                    out.append(random.nextInt(40))
                            .append('.')
                            .append(random.nextInt(15))
                            .append('.')
                            .append(year(random));
                case 4 -> out.append(year(random)).append('-').append(random.nextInt(20));
                case 5 -> out.append(any(MONTHS, random));
                default ->
                    out.append(any(MONTHS, random)).append(any(BETWEEN, random)).append(year(random));
            }
            out.append(any(AFTER, random));
        }
        return out.toString();
    }

    private static String year(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "'" + random.nextInt(100);
            case 1 -> FuzzBytes.number(random);
            case 2 -> "0000";
            default -> Integer.toString(1925 + random.nextInt(130));
        };
    }

    private static String phone(Random random) {
        StringBuilder out = new StringBuilder();
        int numbers = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 2);
        for (int n = 0; n < numbers; n++) {
            out.append(n > 0 ? any(BETWEEN, random) : "")
                    .append(any(LABELS, random))
                    .append(any(CODES, random));
            int digits = random.nextInt(10) == 0 ? random.nextInt(300) : 6 + random.nextInt(9);
            String gap = any(GAPS, random);
            for (int i = 0; i < digits; i++) {
                out.append(random.nextInt(3) == 0 ? random.nextInt(5) == 0 ? any(GAPS, random) : gap : "");
                out.append(random.nextInt(200) == 0 ? FuzzBytes.letters(random) : Integer.toString(random.nextInt(10)));
            }
            out.append(any(TAILS, random));
        }
        return out.toString();
    }

    @Override
    public byte[] write(Sample sample) {
        StringBuilder out = new StringBuilder();
        for (Part part : sample.parts()) {
            out.append(new String(part.body(), StandardCharsets.UTF_8)).append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
