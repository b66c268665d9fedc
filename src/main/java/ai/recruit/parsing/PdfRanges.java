package ai.recruit.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a font of a PDF says about ranges of codes, before PDFBox reads it: PDFBox writes each code of a range
 * into a map, also when there are two milliards of them. What goes beyond all measure is taken out of the font, whose
 * text is then read as if it had never been there.
 */
final class PdfRanges {

    private static final byte[] RANGES = "beginbfrange".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_CODE = 4;
    private static final int MOST_CODES = 500_000;
    private static final int MOST_CIDS = 70_000;
    private static final COSName W2 = COSName.getPDFName("W2");

    private final Budget budget;
    private final Set<COSBase> known = Collections.newSetFromMap(new IdentityHashMap<>());

    PdfRanges(Budget budget) {
        this.budget = budget;
    }

    /** To be called before PDFBox makes a font of a dictionary. */
    void check(@Nullable COSDictionary font) {
        if (font == null || !known.add(font)) {
            return;
        }
        if (font.getDictionaryObject(COSName.TO_UNICODE) instanceof COSStream map && endless(map)) {
            font.removeItem(COSName.TO_UNICODE);
        }
        if (font.getDictionaryObject(COSName.ENCODING) instanceof COSStream map && endless(map)) {
            font.setItem(COSName.ENCODING, COSName.IDENTITY_H);
        }
        COSArray descendants = font.getCOSArray(COSName.DESCENDANT_FONTS);
        if (descendants != null && descendants.size() > 0 && descendants.getObject(0) instanceof COSDictionary child) {
            for (COSName name : new COSName[] {COSName.W, W2}) {
                if (endless(child.getCOSArray(name))) {
                    child.removeItem(name);
                }
            }
        }
    }

    /** Whether two numbers in a row could be the ends of a range that no font has. */
    private boolean endless(@Nullable COSArray widths) {
        long before = Long.MAX_VALUE;
        long all = 0;
        for (int i = 0; widths != null && i < widths.size(); i++) {
            budget.tick();
            if (widths.getObject(i) instanceof COSNumber number) {
                long value = number.intValue();
                // The end of a range may be the largest of all numbers, behind which PDFBox never comes.
                if (value - before > MOST_CIDS || value == Integer.MAX_VALUE) {
                    return true;
                }
                all += Math.max(0, value - before);
                before = value;
            } else {
                before = Long.MAX_VALUE;
            }
        }
        return all > 100L * MOST_CODES;
    }

    private boolean endless(COSStream map) {
        byte[] bytes;
        try (InputStream in = map.createInputStream()) {
            bytes = in.readAllBytes();
        } catch (IOException unreadable) {
            return true;
        }
        long codes = 0;
        for (int at = indexOf(bytes, 0); at >= 0; at = indexOf(bytes, at)) {
            at += RANGES.length;
            long more = new Codes(bytes, at).count();
            codes += more;
            if (more < 0 || codes > MOST_CODES) {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(byte[] bytes, int from) {
        int last = bytes.length - RANGES.length;
        for (int i = from; i <= last; i++) {
            if (bytes[i] == 'b' && matches(bytes, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 5; i < RANGES.length; i++) {
            if (bytes[at + i] != RANGES[i]) {
                return false;
            }
        }
        return bytes[at + 1] == 'e';
    }

    /** Reads {@code <0041> <005a> <0061>} and {@code <0041> <0043> [<0061> <0062> <0063>]}, and nothing else. */
    private final class Codes {

        private final byte[] bytes;
        private int at;
        private int code;
        private int length;

        Codes(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        /** How many codes the ranges have together, -1 when there is anything else among them. */
        long count() {
            long all = 0;
            while (true) {
                budget.tick();
                blanks();
                if (at >= bytes.length || bytes[at] == 'e') {
                    return all;
                }
                if (!hex() || length > LONGEST_CODE) {
                    return -1;
                }
                long first = code;
                blanks();
                if (at < bytes.length && bytes[at] == 'e') {
                    return all;
                }
                if (!hex() || length > LONGEST_CODE) {
                    return -1;
                }
                long last = code;
                blanks();
                if (!hex() && !list()) {
                    return -1;
                }
                all += Math.max(0, last - first + 1);
                if (all > MOST_CODES) {
                    return all;
                }
            }
        }

        private void blanks() {
            while (at < bytes.length
                    && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
                at++;
            }
        }

        private boolean list() {
            if (at >= bytes.length || bytes[at] != '[') {
                return false;
            }
            at++;
            blanks();
            while (at < bytes.length && bytes[at] != ']') {
                budget.tick();
                if (!hex()) {
                    return false;
                }
                blanks();
            }
            at++;
            return true;
        }

        private boolean hex() {
            if (at >= bytes.length || bytes[at] != '<') {
                return false;
            }
            at++;
            code = 0;
            int digits = 0;
            while (at < bytes.length && bytes[at] != '>') {
                int digit = Character.digit(bytes[at], 16);
                if (digit >= 0) {
                    code = code << 4 | digit;
                    digits++;
                } else if (bytes[at] != ' ' && bytes[at] != '\n' && bytes[at] != '\r' && bytes[at] != '\t') {
                    return false;
                }
                at++;
            }
            at++;
            // An odd number of digits is read as if a zero followed.
            code = digits % 2 == 0 ? code : code << 4;
            length = (digits + 1) / 2;
            return true;
        }
    }
}
