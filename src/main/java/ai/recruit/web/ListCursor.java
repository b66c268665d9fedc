package ai.recruit.web;

import ai.recruit.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A place in a list: after the row with these keys. Clients hold it as an opaque text.
 *
 * @param passed how many rows lie before the place, so that pages after a cursor can still be numbered
 * @param keys the keys of the last row before the place, as the database writes them
 */
record ListCursor(long passed, List<String> keys) {

    private static final char SEPARATOR = '|';

    String write(RowList list) {
        String text = list.name() + SEPARATOR + passed + SEPARATOR + String.join(String.valueOf(SEPARATOR), keys);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static ListCursor read(String text, RowList list) {
        String plain;
        try {
            plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw wrong();
        }
        List<String> parts = new ArrayList<>(List.of(plain.split("\\|", -1)));
        if (parts.size() != list.keys().size() + 2 || !parts.get(0).equals(list.name())) {
            throw wrong();
        }
        long passed;
        try {
            passed = Long.parseLong(parts.get(1));
        } catch (NumberFormatException notANumber) {
            throw wrong();
        }
        List<String> keys = parts.subList(2, parts.size());
        for (int i = 0; i < keys.size(); i++) {
            if (!list.keys().get(i).type().accepts(keys.get(i))) {
                throw wrong();
            }
        }
        if (passed < 0) {
            throw wrong();
        }
        return new ListCursor(passed, List.copyOf(keys));
    }

    private static Problem wrong() {
        return Problem.invalid(
                "cursor", "is not a cursor of this list; send the next_cursor of its last page as it is");
    }
}
