package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the flags of one document while it is read. Confined to the thread that reads it. */
final class Findings {

    private static final int MOST_FLAGS = 40;
    private static final int KEPT = 4_000;
    /** Fewer hidden letters than these are the debris of editors: a blank label, a stray letter. */
    private static final int LEAST_HIDDEN = 4;

    private static final int LEAST_INVISIBLE = 2;
    private static final int LEAST_ODD_WORDS = 3;
    private static final int LEAST_PROPERTY_WORDS = 20;
    private static final int LEAST_PROPERTY_LENGTH = 140;

    private record Place(@Nullable Integer page, @Nullable String part) {}

    private record Key(Flag.Reason reason, Place place) {}

    private static final class Hidden {
        final StringBuilder text = new StringBuilder();
        int words;
        int letters;
        boolean inWord;
    }

    private final Map<Key, Hidden> hidden = new LinkedHashMap<>();
    private final List<Flag> others = new ArrayList<>();
    private int invisible;
    private boolean surely;
    private String invisibleExcerpt = "";
    private @Nullable Place invisiblePlace;
    private int mixed;
    private int mixedLatin;
    private String mixedExcerpt = "";
    private @Nullable Place mixedPlace;

    /** A page of formats with pages, the part for the others. */
    private static Place place(int page, TextLine.@Nullable Part part, boolean pages) {
        return pages
                ? new Place(page, null)
                : new Place(
                        null, (part == null ? TextLine.Part.BODY : part).name().toLowerCase(Locale.ROOT));
    }

    /** Text that stands in the document and is not seen; consecutive pieces are joined as they come. */
    void hidden(Flag.Reason reason, int page, TextLine.@Nullable Part part, boolean pages, CharSequence text) {
        Key key = new Key(reason, place(page, part, pages));
        Hidden found = hidden.get(key);
        if (found == null) {
            if (hidden.size() >= MOST_FLAGS) {
                return;
            }
            found = new Hidden();
            hidden.put(key, found);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = Character.isLetterOrDigit(c);
            found.letters += letter ? 1 : 0;
            found.words += letter && !found.inWord ? 1 : 0;
            found.inWord = letter;
            if (found.text.length() < KEPT) {
                found.text.append(c);
            }
        }
    }

    /** Characters without width inside of words; {@code surely} where one alone tells. */
    void invisible(
            int count, boolean surely, int page, TextLine.@Nullable Part part, boolean pages, CharSequence near) {
        invisible += count;
        this.surely |= surely;
        if (invisiblePlace == null) {
            invisiblePlace = place(page, part, pages);
            invisibleExcerpt = excerpt(near);
        }
    }

    /**
     * A word of letters of two scripts.
     *
     * @param latin whether it is a Latin word with letters of the other script: nobody's keyboard does that by itself
     */
    void mixed(String word, boolean latin, int page, TextLine.@Nullable Part part, boolean pages) {
        mixed++;
        mixedLatin += latin ? 1 : 0;
        if (mixedPlace == null) {
            mixedPlace = place(page, part, pages);
        }
        if (mixedExcerpt.length() + word.length() + 2 <= Flag.EXCERPT) {
            mixedExcerpt += (mixedExcerpt.isEmpty() ? "" : ", ") + word;
        }
    }

    void instruction(CharSequence sentence, int page, TextLine.@Nullable Part part, boolean pages) {
        Place place = place(page, part, pages);
        add(new Flag(Flag.Code.MACHINE_INSTRUCTIONS, null, 1, excerpt(sentence), place.page(), place.part()));
    }

    /** A property of the document, as its title, subject or keywords; noted only when it is stuffed. */
    void property(String name, @Nullable String value) {
        if (value == null || value.length() < 12) {
            return;
        }
        String part = "properties: " + name;
        String text = value.length() > KEPT ? value.substring(0, KEPT) : value;
        int words = Words.count(text.replace(',', ' ').replace(';', ' '));
        boolean prose = name.equals("description") || name.equals("title");
        int separators = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            separators += c == ',' || c == ';' || c == '|' ? 1 : 0;
        }
        if (words >= LEAST_PROPERTY_WORDS
                && text.length() >= LEAST_PROPERTY_LENGTH
                && (!prose || separators * 3 >= words)) {
            add(new Flag(Flag.Code.METADATA_STUFFING, null, words, excerpt(text), null, part));
        }
        if (MachineInstructions.in(text)) {
            add(new Flag(Flag.Code.MACHINE_INSTRUCTIONS, null, 1, excerpt(text), null, part));
        }
    }

    void add(Flag flag) {
        for (int i = 0; i < others.size(); i++) {
            Flag known = others.get(i);
            if (known.code() == flag.code()
                    && java.util.Objects.equals(known.page(), flag.page())
                    && java.util.Objects.equals(known.part(), flag.part())) {
                others.set(
                        i,
                        new Flag(
                                known.code(),
                                known.reason(),
                                known.count() + flag.count(),
                                known.excerpt(),
                                known.page(),
                                known.part()));
                return;
            }
        }
        if (others.size() < MOST_FLAGS) {
            others.add(flag);
        }
    }

    /** All flags, what is hidden first; what is below its threshold is none. */
    List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        int letters = 0;
        for (Hidden each : hidden.values()) {
            letters += each.letters;
        }
        if (letters >= LEAST_HIDDEN) {
            hidden.forEach((key, found) -> {
                if (found.letters > 0) {
                    flags.add(new Flag(
                            Flag.Code.HIDDEN_TEXT,
                            key.reason().word(),
                            found.words,
                            excerpt(found.text),
                            key.place().page(),
                            key.place().part()));
                    if (MachineInstructions.in(found.text)) {
                        add(new Flag(
                                Flag.Code.MACHINE_INSTRUCTIONS,
                                null,
                                1,
                                excerpt(found.text),
                                key.place().page(),
                                key.place().part()));
                    }
                }
            });
        }
        if (invisible >= LEAST_INVISIBLE || surely) {
            flags.add(new Flag(
                    Flag.Code.INVISIBLE_CHARACTERS,
                    null,
                    invisible,
                    invisibleExcerpt,
                    invisiblePlace == null ? null : invisiblePlace.page(),
                    invisiblePlace == null ? null : invisiblePlace.part()));
        }
        if (mixedLatin > 0 || mixed >= LEAST_ODD_WORDS) {
            flags.add(new Flag(
                    Flag.Code.MIXED_SCRIPTS,
                    null,
                    mixed,
                    mixedExcerpt,
                    mixedPlace == null ? null : mixedPlace.page(),
                    mixedPlace == null ? null : mixedPlace.part()));
        }
        flags.addAll(others);
        return flags;
    }

    /** The beginning of a text on one line. */
    static String excerpt(CharSequence text) {
        String line = Letters.clean(text.length() > 1_000 ? text.subSequence(0, 1_000) : text)
                .replace('\t', ' ')
                .strip();
        if (line.length() <= Flag.EXCERPT) {
            return line;
        }
        int end = Flag.EXCERPT - 1;
        end = Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end;
        return line.substring(0, end) + "\u2026";
    }
}
