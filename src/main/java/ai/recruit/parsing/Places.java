package ai.recruit.parsing;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells places from other words: "Portland, OR", "Москва", "Berlin, Germany". */
final class Places {

    private static final Pattern POSTCODE = Pattern.compile("\\s*+\\b[0-9]{5,6}(?:-[0-9]{4})?+\\b\\s*+");

    private Places() {}

    /** Whether a text is a place and nothing else. */
    static boolean isPlace(String text) {
        String bare = strip(text);
        if (bare.isEmpty() || bare.length() > 60) {
            return false;
        }
        String[] parts = bare.split(",", -1);
        if (parts.length == 1) {
            String meaning = meaning(bare);
            return meaning != null && !meaning.equals("state");
        }
        if (parts.length > 4) {
            return false;
        }
        String last = parts[parts.length - 1].strip();
        String meaning = meaning(last);
        if (meaning == null) {
            String first = meaning(parts[0]);
            return first != null && first.equals("city") && capitalised(bare);
        }
        // State codes are ordinary words in small letters: "in", "or", "me".
        if (meaning.equals("state") && !last.equals(last.toUpperCase(Locale.ROOT))) {
            return false;
        }
        for (String part : parts) {
            if (Words.count(part) > 4
                    || Words.hasDigit(part)
                    || part.isBlank()
                    || part.contains(" - ")
                    || part.contains(" \u2013 ")
                    || part.contains(" \u2014 ")) {
                return false;
            }
        }
        return capitalised(bare)
                && !Vocabulary.anyWord("title", parts[0])
                && !Vocabulary.anyWord("institution", parts[0]);
    }

    /** The place that ends a text after a comma, with up to three parts, or null. */
    static @Nullable String tail(String text) {
        String[] parts = text.split(",", -1);
        for (int take = Math.min(3, parts.length - 1); take >= 1; take--) {
            StringBuilder tail = new StringBuilder();
            for (int i = parts.length - take; i < parts.length; i++) {
                tail.append(tail.length() > 0 ? "," : "").append(parts[i]);
            }
            String candidate = tail.toString().strip();
            if (isPlace(candidate) && (take > 1 || !Vocabulary.anyWord("title", candidate))) {
                return candidate;
            }
        }
        return null;
    }

    /** Without street, postcode and label. */
    static String strip(String text) {
        return Words.trim(POSTCODE.matcher(Words.trim(text)).replaceAll(" "));
    }

    /** City and region out of an address: parts with digits or words of streets go. */
    static @Nullable String ofAddress(String address) {
        StringBuilder kept = new StringBuilder();
        for (String part : POSTCODE.matcher(address).replaceAll(" ").split("[,;]", -1)) {
            String bare = part.strip();
            String lower = bare.toLowerCase(Locale.ROOT);
            boolean street = Words.hasDigit(bare)
                    || lower.matches(".*\\b(street|st\\.|road|rd\\.?|avenue|ave\\.?|lane|drive|blvd|apt|suite|way)$")
                    || lower.startsWith("ул")
                    || lower.startsWith("д.")
                    || lower.startsWith("кв")
                    || lower.startsWith("пр-т")
                    || lower.startsWith("проспект");
            if (!street && !bare.isEmpty()) {
                kept.append(kept.length() > 0 ? ", " : "").append(bare.startsWith("г. ") ? bare.substring(3) : bare);
            }
        }
        return kept.length() == 0 ? null : kept.toString();
    }

    private static @Nullable String meaning(String part) {
        String bare = part.strip();
        return Vocabulary.meaning("place", bare.startsWith("г. ") ? bare.substring(3) : bare);
    }

    private static boolean capitalised(String text) {
        for (String part : text.split(",", -1)) {
            String bare = part.strip();
            if (!bare.isEmpty() && Character.isLowerCase(bare.charAt(0))) {
                return false;
            }
        }
        return true;
    }
}
