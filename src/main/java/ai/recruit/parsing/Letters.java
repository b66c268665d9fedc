package ai.recruit.parsing;

import java.text.Normalizer;

/** One spelling for each character of a text, and the letters that look like those of another script. */
final class Letters {

    private static final String[] LIGATURES = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

    /** Cyrillic letters and the Latin ones that nobody can tell from them, both ways; then Greek ones. */
    private static final String CYRILLIC =
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u0501\u04bb\u051b\u051d\u043a\u043c\u0442";

    private static final String AS_LATIN = "aeopcyxijsdABEKMHOPCTYXIJSdhqwkmt";
    /** How many pairs of the table above are the same to the eye; the rest are only read so inside a Latin word. */
    private static final int EXACT = 30;

    private static final String GREEK =
            "\u03bf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bd\u03b1\u03c1\u03b9";
    private static final String GREEK_AS_LATIN = "oABEZHIKMNOPTYXvapi";
    private static final String LATIN_AS_CYRILLIC = "aeopcyxABEKMHOPCTYXk";
    private static final String CYRILLIC_OF_LATIN =
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u043a";

    private Letters() {}

    /**
     * One spelling for each character: NFC, ligatures taken apart, all blanks one space, letters in fancy dress as plain
     * ones, soft hyphens, zero-width and control characters and halves of pairs gone. A tab survives as the mark between cells.
     */
    static String clean(CharSequence raw) {
        StringBuilder out = new StringBuilder(raw.length());
        boolean plain = true;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            plain &= c < 0x80;
            if (c == '\t') {
                while (out.length() > 0 && out.charAt(out.length() - 1) == ' ') {
                    out.setLength(out.length() - 1);
                }
                if (out.length() > 0 && out.charAt(out.length() - 1) != '\t') {
                    out.append('\t');
                }
            } else if (c == ' ' || Character.isSpaceChar(c) || c == '\n' || c == '\r' || c == 0x0b || c == '\f') {
                if (out.length() > 0 && out.charAt(out.length() - 1) != ' ' && out.charAt(out.length() - 1) != '\t') {
                    out.append(' ');
                }
            } else if (c < 0x7f) {
                if (c >= 0x20) {
                    out.append(c);
                }
            } else if (c >= '\ufb00' && c <= '\ufb06') {
                out.append(LIGATURES[c - '\ufb00']);
            } else if (c == '\u2010' || c == '\u2011') {
                out.append('-');
            } else if (c >= '\uff01' && c <= '\uff5e') {
                out.append((char) (c - 0xfee0));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < raw.length()
                    && Character.isLowSurrogate(raw.charAt(i + 1))) {
                int point = Character.toCodePoint(c, raw.charAt(++i));
                if (point >= 0x1d400 && point <= 0x1d7ff) {
                    out.append(Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC));
                } else if (!tag(point)) {
                    out.appendCodePoint(point);
                }
            } else if (!invisible(c) && !Character.isSurrogate(c)) {
                out.append(c);
            }
        }
        int end = out.length();
        while (end > 0 && (out.charAt(end - 1) == ' ' || out.charAt(end - 1) == '\t')) {
            end--;
        }
        out.setLength(end);
        return plain ? out.toString() : Normalizer.normalize(out, Normalizer.Form.NFC);
    }

    /** Tags and supplementary variation selectors: they print nothing and can carry any message. */
    static boolean tag(int point) {
        return point >= 0xe0000 && point <= 0xe01ef;
    }

    static boolean invisible(char c) {
        return c < 0x20
                || (c >= 0x7f && c < 0xa0)
                || c == '\u00ad'
                || c == '\u115f'
                || c == '\u1160'
                || c == '\u180e'
                || (c >= '\u200b' && c <= '\u200f')
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2060' && c <= '\u206f')
                || c == '\u3164'
                || c == '\ufeff'
                || (c >= '\ufff9' && c <= '\ufffb')
                || c == '\ufffe'
                || c == '\uffff';
    }

    /** Characters that have no width and no business inside an English or Russian word; soft hyphens have one. */
    static boolean zeroWidth(char c) {
        return (c >= '\u200b' && c <= '\u200d')
                || (c >= '\u2060' && c <= '\u2064')
                || c == '\ufeff'
                || c == '\u180e'
                || c == '\u3164'
                || c == '\u115f'
                || c == '\u1160';
    }

    /**
     * Looks for what {@link #clean} will drop without a trace, and turns around what is shown turned around.
     *
     * @return the text as it is seen, mostly the same object
     */
    static CharSequence seen(CharSequence raw, Report report) {
        boolean suspicious = false;
        for (int i = 0; i < raw.length() && !suspicious; i++) {
            char c = raw.charAt(i);
            suspicious = c >= '\u115f' && (zeroWidth(c) || c == '\u202d' || c == '\u202e' || c == '\udb40');
        }
        if (!suspicious) {
            return raw;
        }
        int inside = 0;
        int turned = 0;
        int tags = 0;
        StringBuilder message = new StringBuilder();
        char before = ' ';
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\udb40') {
                // The flags of England, Scotland and Wales are written with tags, after a black flag.
                boolean flag = before == '\udff4';
                int from = i;
                int end = i;
                while (end + 1 < raw.length()
                        && raw.charAt(end) == '\udb40'
                        && Character.isLowSurrogate(raw.charAt(end + 1))) {
                    int point = Character.toCodePoint('\udb40', raw.charAt(end + 1));
                    if (point >= 0xe0020 && point <= 0xe007e) {
                        message.append((char) (point - 0xe0000));
                    }
                    end += 2;
                }
                tags += flag ? 0 : (end - from) / 2;
                // Half of a pair is no tag, and is passed over like any other letter.
                i = Math.max(from, end - 1);
            } else if (c == '\u202e' || c == '\u202d') {
                turned++;
            } else if (zeroWidth(c)) {
                int next = i + 1;
                while (next < raw.length() && zeroWidth(raw.charAt(next))) {
                    next++;
                }
                boolean word = before < '\u0530'
                        && Character.isLetterOrDigit(before)
                        && next < raw.length()
                        && raw.charAt(next) < '\u0530'
                        && Character.isLetterOrDigit(raw.charAt(next));
                // A long run of them is a message, wherever it stands.
                inside += word || next - i >= 8 ? next - i : 0;
                i = next - 1;
            } else {
                before = c;
            }
        }
        if (inside + turned + tags > 0) {
            report.invisible(inside + turned + tags, turned > 0 || tags > 3, message.length() > 3 ? message : raw);
        }
        return turned == 0 ? raw : turned(raw);
    }

    /** Told about characters that nobody sees. */
    interface Report {
        void invisible(int count, boolean surely, CharSequence near);
    }

    /** Right-to-left overrides carried out: what a reader sees from left to right. */
    private static CharSequence turned(CharSequence raw) {
        StringBuilder out = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c != '\u202e') {
                out.append(c);
                at++;
                continue;
            }
            int end = at + 1;
            while (end < raw.length() && raw.charAt(end) != '\u202c' && raw.charAt(end) != '\n') {
                end++;
            }
            out.append(new StringBuilder(raw.subSequence(at + 1, end)).reverse());
            at = end;
        }
        return out;
    }

    // ---- letters that look alike

    private static boolean latin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean foreign(char c) {
        return (c >= '\u0370' && c <= '\u052f') && Character.isLetter(c);
    }

    /** Whether some word of the text has Latin letters beside Cyrillic or Greek ones. */
    static boolean mixed(String text) {
        boolean latin = false;
        boolean foreign = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (latin(c)) {
                latin = true;
            } else if (c >= '\u0370' && foreign(c)) {
                foreign = true;
            } else {
                latin = false;
                foreign = false;
            }
            if (latin && foreign) {
                return true;
            }
        }
        return false;
    }

    /** Told about words of two scripts. */
    interface Mixed {
        void word(String printed, boolean latin);
    }

    /** The text with each word of look-alike letters spelled in one script, that of its other letters. */
    static String oneScript(String text, boolean russian, Mixed report) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            if (!latin(text.charAt(at)) && !foreign(text.charAt(at))) {
                out.append(text.charAt(at++));
                continue;
            }
            int end = at;
            while (end < text.length() && (latin(text.charAt(end)) || foreign(text.charAt(end)))) {
                end++;
            }
            String word = text.substring(at, end);
            String one = word(word, russian);
            if (!one.equals(word)) {
                boolean asLatin = latin(one.charAt(0));
                report.word(word, asLatin && !onlySameKey(word));
            }
            out.append(one);
            at = end;
        }
        return out.toString();
    }

    /** "c" lies on the same key in both layouts, so that it gets into words by accident. */
    private static boolean onlySameKey(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (foreign(c) && c != '\u0441' && c != '\u0421') {
                return false;
            }
        }
        return true;
    }

    private static String word(String word, boolean russian) {
        int latin = 0;
        int foreign = 0;
        boolean latinConvertible = true;
        boolean exact = true;
        boolean convertible = true;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (latin(c)) {
                latin++;
                latinConvertible &= LATIN_AS_CYRILLIC.indexOf(c) >= 0;
            } else {
                foreign++;
                int index = CYRILLIC.indexOf(c);
                exact &= (index >= 0 && index < EXACT) || GREEK.indexOf(c) >= 0;
                convertible &= index >= 0 || GREEK.indexOf(c) >= 0;
            }
        }
        if (latin == 0 || foreign == 0) {
            return word;
        }
        boolean toLatin = exact || (convertible && latin >= 2 * foreign);
        if (toLatin && latinConvertible) {
            toLatin = latin != foreign ? latin > foreign : !russian;
        } else if (!toLatin && !latinConvertible) {
            return word;
        }
        StringBuilder out = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (toLatin && !latin(c)) {
                int index = CYRILLIC.indexOf(c);
                out.append(index >= 0 ? AS_LATIN.charAt(index) : GREEK_AS_LATIN.charAt(GREEK.indexOf(c)));
            } else if (!toLatin && latin(c)) {
                out.append(CYRILLIC_OF_LATIN.charAt(LATIN_AS_CYRILLIC.indexOf(c)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
