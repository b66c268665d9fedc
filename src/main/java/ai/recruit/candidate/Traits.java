package ai.recruit.candidate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person is told apart by.
 *
 * @param email in lower case, without what providers ignore; empty when there is none
 * @param phone the last ten digits; empty when there are fewer than nine
 * @param first folded words of the first name
 * @param last folded words of the last name
 * @param employers folded names
 * @param text sixteen least hashes of the groups of four words in what the resume tells; empty when it tells little
 */
record Traits(
        String email,
        String phone,
        Set<String> first,
        Set<String> last,
        Set<String> employers,
        String location,
        List<Integer> text) {

    private static final int PHONE_DIGITS = 10;
    private static final int FEWEST_DIGITS = 9;
    private static final int SHINGLE = 4;
    private static final int SIGNATURE = 16;
    private static final int FEWEST_SHINGLES = 12;
    private static final int BANDS = 4;
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NO_DIGITS = Pattern.compile("\\D+");
    /** What a company's name has besides its name. */
    private static final Set<String> FORMS = Set.of(
            "inc",
            "ltd",
            "llc",
            "gmbh",
            "ag",
            "corp",
            "corporation",
            "company",
            "co",
            "limited",
            "ooo",
            "oao",
            "zao",
            "pao",
            "ao",
            "ip",
            "plc",
            "sa",
            "srl",
            "bv",
            "the",
            "group");

    /** Reads them out of a profile. */
    static Traits of(Candidate candidate, JsonMapper json) {
        JsonNode data = json.readTree(candidate.resumeData());
        Set<String> employers = new LinkedHashSet<>();
        StringBuilder told = new StringBuilder();
        for (JsonNode job : data.path("experience")) {
            employer(job.path("company").asString("")).ifPresent(employers::add);
            told.append(' ').append(job.path("description").asString(""));
        }
        told.append(' ').append(candidate.summary() == null ? "" : candidate.summary());
        return new Traits(
                email(candidate.email()),
                phone(candidate.phone()),
                names(candidate.firstName()),
                names(candidate.lastName()),
                employers,
                candidate.location() == null ? "" : candidate.location().strip().toLowerCase(Locale.ROOT),
                signature(told.toString()));
    }

    private static Optional<String> employer(String company) {
        StringBuilder name = new StringBuilder();
        for (String word : words(company)) {
            String latin = NameWords.latin(word);
            if (!FORMS.contains(latin)) {
                name.append(NameWords.folded(word));
            }
        }
        return name.length() < 3 ? Optional.empty() : Optional.of(name.toString());
    }

    static String email(@Nullable String email) {
        if (email == null || email.indexOf('@') <= 0) {
            return "";
        }
        String clean = email.strip().toLowerCase(Locale.ROOT);
        int at = clean.lastIndexOf('@');
        String local = clean.substring(0, at);
        String domain = clean.substring(at + 1);
        int plus = local.indexOf('+');
        if (plus > 0) {
            local = local.substring(0, plus);
        }
        if (domain.equals("gmail.com") || domain.equals("googlemail.com")) {
            return local.replace(".", "") + "@gmail.com";
        }
        return local + '@' + domain;
    }

    static String phone(@Nullable String phone) {
        String digits = phone == null ? "" : NO_DIGITS.matcher(phone).replaceAll("");
        return digits.length() < FEWEST_DIGITS ? "" : digits.substring(Math.max(0, digits.length() - PHONE_DIGITS));
    }

    private static Set<String> names(@Nullable String name) {
        Set<String> names = new LinkedHashSet<>();
        if (name != null) {
            words(name).forEach(word -> names.add(NameWords.folded(word)));
        }
        names.remove("");
        return names;
    }

    private static List<String> words(String text) {
        return Arrays.stream(WORDS.split(text.toLowerCase(Locale.ROOT), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Texts that share most of their shingles share most of these (Broder, 1997). */
    private static List<Integer> signature(String text) {
        List<String> words = words(text);
        if (words.size() < SHINGLE + FEWEST_SHINGLES) {
            return List.of();
        }
        int[] least = new int[SIGNATURE];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int i = 0; i + SHINGLE <= words.size(); i++) {
            int hash = String.join(" ", words.subList(i, i + SHINGLE)).hashCode();
            for (int k = 0; k < SIGNATURE; k++) {
                least[k] = Math.min(least[k], mixed(hash + k * 0x9e3779b9));
            }
        }
        return Arrays.stream(least).boxed().toList();
    }

    private static int mixed(int value) {
        int hash = value;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    /** How much of the texts is the same, 0 to 1; negative when one of them is too short to tell. */
    double sameText(Traits other) {
        if (text.isEmpty() || other.text.isEmpty()) {
            return -1;
        }
        int same = 0;
        for (int i = 0; i < SIGNATURE; i++) {
            if (text.get(i).equals(other.text.get(i))) {
                same++;
            }
        }
        return same / (double) SIGNATURE;
    }

    /** What two candidates must share at least one of, to be compared at all. */
    Set<String> keys(ShortNames shortNames) {
        Set<String> keys = new LinkedHashSet<>();
        if (!email.isEmpty()) {
            keys.add("email:" + email);
        }
        if (!phone.isEmpty()) {
            keys.add("phone:" + phone);
        }
        // Names in whatever order they stand.
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(last);
        List<String> sorted = new ArrayList<>(all);
        for (String one : sorted) {
            for (String other : sorted) {
                if (!one.equals(other)) {
                    shortNames.of(one).forEach(name -> keys.add("name:" + name + ' ' + other));
                }
            }
            if (one.length() >= 4) {
                employers.forEach(employer -> keys.add("work:" + one + ' ' + employer));
            }
        }
        for (int band = 0; band < text.size() / BANDS; band++) {
            keys.add("text:" + band + ':' + text.subList(band * BANDS, (band + 1) * BANDS));
        }
        return keys;
    }
}
