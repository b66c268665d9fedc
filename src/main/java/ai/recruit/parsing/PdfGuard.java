package ai.recruit.parsing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what the streams of a PDF expand to; PDFBox itself expands any stream as a whole into memory. Works twice:
 * before loading on the raw bytes, because loading already expands object streams, and after loading on the objects, for
 * chains of filters and decrypted streams. Streams of pictures are made unreadable, so nothing can decode them.
 */
final class PdfGuard {

    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 18;
    private static final int LOOK_BACK = 2_048;
    private static final int OBJECTS_PER_ENTRY = 20;
    private static final Set<String> PICTURE_FILTERS =
            Set.of("DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF");
    private static final COSName NO_FILTER = COSName.getPDFName("NeverDecoded");

    private final Budget budget;
    /** Objects of the raw bytes; PDFBox finds also those that no table lists, when something refers to them. */
    private final Set<COSObjectKey> printed = new HashSet<>();

    private long counted;

    PdfGuard(Budget budget) {
        this.budget = budget;
    }

    // ---- raw bytes

    /** Counts what every deflated stream gives, wherever in the file it lies and whatever its dictionary says. */
    void check(byte[] bytes) {
        objects(bytes);
        Inflater inflater = new Inflater(true);
        byte[] sink = new byte[64 * 1024];
        try {
            for (int at = indexOf(bytes, 0); at >= 0; at = indexOf(bytes, at + STREAM.length)) {
                budget.tick();
                int start = at + STREAM.length;
                if (at >= 3 && bytes[at - 1] == 'd' && bytes[at - 2] == 'n' && bytes[at - 3] == 'e') {
                    continue;
                }
                while (start < bytes.length && (bytes[start] == ' ' || bytes[start] == '\r')) {
                    start++;
                }
                start += start < bytes.length && bytes[start] == '\n' ? 1 : 0;
                String dictionary = dictionary(bytes, at);
                boolean structure = dictionary.contains("ObjStm") || dictionary.contains("XRef");
                if (structure
                        && (dictionary.contains("LZW")
                                || dictionary.contains("ASCII")
                                || dictionary.contains("RunLength")
                                || dictionary.indexOf("FlateDecode") != dictionary.lastIndexOf("FlateDecode"))) {
                    throw new LimitReached(Outcome.CORRUPT, "object streams behind unusual filters");
                }
                if (structure || !dictionary.contains("/Image")) {
                    inflate(bytes, start + 2, inflater, sink);
                }
            }
        } finally {
            inflater.end();
        }
    }

    /** Finds every "12 0 obj", wherever it stands. */
    private void objects(byte[] bytes) {
        int most = budget.limits().entries() * OBJECTS_PER_ENTRY;
        for (int i = 4; i + 2 < bytes.length; i++) {
            if (bytes[i] == 'o' && bytes[i + 1] == 'b' && bytes[i + 2] == 'j' && bytes[i - 1] != 'd') {
                int generation = before(bytes, i);
                int blank = generation < 0 ? -1 : before(bytes, generation);
                if (blank >= 0 && printed.size() <= most && number(bytes, generation) <= Integer.MAX_VALUE) {
                    printed.add(new COSObjectKey(number(bytes, blank), (int) number(bytes, generation)));
                }
            }
        }
    }

    /** Where the number begins that ends before a place, with blanks between; -1 when there is none. */
    private static int before(byte[] bytes, int at) {
        int end = at;
        while (end > 0
                && (bytes[end - 1] == ' ' || (bytes[end - 1] >= 9 && bytes[end - 1] <= 13) || bytes[end - 1] == 0)) {
            end--;
        }
        int from = end;
        while (from > 0 && end - from < LONGEST_NUMBER && bytes[from - 1] >= '0' && bytes[from - 1] <= '9') {
            from--;
        }
        return from == end ? -1 : from;
    }

    private static long number(byte[] bytes, int at) {
        long number = 0;
        for (int i = at; i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private void inflate(byte[] bytes, int from, Inflater inflater, byte[] sink) {
        if (from >= bytes.length) {
            return;
        }
        inflater.reset();
        inflater.setInput(bytes, from, bytes.length - from);
        try {
            while (!inflater.finished()) {
                int count = inflater.inflate(sink);
                if (count == 0) {
                    return;
                }
                count(count);
            }
        } catch (DataFormatException notDeflated) {
            budget.tick();
        }
    }

    private void count(long bytes) {
        counted += bytes;
        budget.tick();
        if (counted > budget.limits().expandedBytes()) {
            throw new LimitReached(Outcome.TOO_LARGE, "streams that expand beyond the limit");
        }
    }

    /** The words before a stream, names unescaped: from the last "obj" on. */
    private static String dictionary(byte[] bytes, int at) {
        int from = Math.max(0, at - LOOK_BACK);
        String text = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
        int object = text.lastIndexOf(" obj");
        text = object >= 0 ? text.substring(object) : text;
        if (text.indexOf('#') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (text.charAt(i) == '#' && high >= 0 && low >= 0) {
                plain.append((char) (high << 4 | low));
                i += 2;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    private static int indexOf(byte[] bytes, int from) {
        for (int i = from; i + STREAM.length <= bytes.length; i++) {
            if (bytes[i] == 's' && matches(bytes, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 1; i < STREAM.length; i++) {
            if (bytes[at + i] != STREAM[i]) {
                return false;
            }
        }
        return true;
    }

    // ---- loaded objects

    /** Makes picture streams unreadable and counts the streams that the raw bytes could not tell about. */
    void check(COSDocument document, boolean encrypted) throws IOException {
        Map<COSObjectKey, Long> table = document.getXrefTable();
        if (table.size() > (long) budget.limits().entries() * OBJECTS_PER_ENTRY) {
            throw new LimitReached(Outcome.TOO_LARGE, "too many objects");
        }
        List<COSObjectKey> keys = new ArrayList<>();
        for (Map.Entry<COSObjectKey, Long> entry : table.entrySet()) {
            // A negative place is an object stream, and no stream lies within another.
            if (entry.getValue() >= 0) {
                keys.add(entry.getKey());
            }
        }
        for (COSObjectKey key : printed) {
            if (!table.containsKey(key)) {
                keys.add(key);
            }
        }
        if (keys.size() > (long) budget.limits().entries() * OBJECTS_PER_ENTRY) {
            throw new LimitReached(Outcome.TOO_LARGE, "too many objects");
        }
        keys.sort(null);
        for (COSObjectKey key : keys) {
            budget.tick();
            COSObject object = document.getObjectFromPool(key);
            COSBase base = object == null ? null : object.getObject();
            if (base instanceof COSStream stream) {
                check(stream, encrypted);
            }
        }
    }

    private void check(COSStream stream, boolean encrypted) throws IOException {
        List<String> filters = filters(stream);
        boolean picture = COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE));
        for (String filter : filters) {
            picture |= PICTURE_FILTERS.contains(filter);
        }
        if (picture) {
            stream.setItem(COSName.FILTER, NO_FILTER);
            return;
        }
        boolean plain =
                filters.isEmpty() || (filters.size() == 1 && filters.get(0).startsWith("Fl"));
        if (plain && !encrypted) {
            return;
        }
        byte[] now = null;
        try (InputStream raw = stream.createRawInputStream()) {
            for (int i = 0; i < filters.size(); i++) {
                boolean last = i == filters.size() - 1;
                ByteArrayOutputStream kept = last ? null : new ByteArrayOutputStream();
                Filter filter = FilterFactory.INSTANCE.getFilter(filters.get(i));
                filter.decode(now == null ? raw : new ByteArrayInputStream(now), new Counting(kept), stream, i);
                now = kept == null ? null : kept.toByteArray();
            }
        } catch (IOException unreadable) {
            // Whatever cannot be decoded here will not be decodable later either.
            budget.checkTime();
        }
    }

    private static List<String> filters(COSStream stream) {
        List<String> names = new ArrayList<>();
        COSBase filters = stream.getFilters();
        if (filters instanceof COSName name) {
            names.add(name.getName());
        } else if (filters instanceof COSArray array) {
            for (int i = 0; i < Math.min(array.size(), 16); i++) {
                if (array.getObject(i) instanceof COSName name) {
                    names.add(name.getName());
                }
            }
        }
        return names;
    }

    /** Counts what is written, and keeps it only where another filter follows. */
    private final class Counting extends OutputStream {

        private final @Nullable OutputStream kept;

        Counting(@Nullable OutputStream kept) {
            this.kept = kept;
        }

        @Override
        public void write(int b) throws IOException {
            count(1);
            if (kept != null) {
                kept.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            count(length);
            if (kept != null) {
                kept.write(bytes, from, length);
            }
        }
    }
}
