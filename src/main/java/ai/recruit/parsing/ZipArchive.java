package ai.recruit.parsing;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip that lies in memory, trusting none of its own figures: the directory is bounded, parts may not overlap
 * each other (the trick of zip bombs of a thousand-fold ratio), and what comes out of a part is counted as it comes out.
 */
final class ZipArchive implements AutoCloseable {

    private static final int END_RECORD = 0x06054b50;
    private static final int CENTRAL_RECORD = 0x02014b50;
    private static final int LOCAL_RECORD = 0x04034b50;
    private static final int END_LENGTH = 22;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;
    private static final int MAX_COMMENT = 0xffff;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int PARTS_SHARE = 4;

    private final byte[] bytes;
    private final Budget budget;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Inflater> inflaters = new ArrayList<>();

    private record Entry(int method, boolean encrypted, int local, int compressed) {}

    /** @throws LimitReached {@code CORRUPT} when there is no sound directory, {@code TOO_LARGE} over a limit */
    ZipArchive(byte[] bytes, Budget budget) {
        this.bytes = bytes;
        this.budget = budget;
        readDirectory();
    }

    /** The document type that the directory shows, empty for any other zip. */
    Optional<DocumentType> documentType() {
        if (entries.containsKey("word/document.xml") || entries.containsKey("word/document2.xml")) {
            return Optional.of(DocumentType.DOCX);
        }
        if (entries.containsKey("[Content_Types].xml")) {
            for (String name : entries.keySet()) {
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.startsWith("word/document") && lower.endsWith(".xml")) {
                    return Optional.of(DocumentType.DOCX);
                }
            }
            return Optional.empty();
        }
        if (entries.containsKey("content.xml")) {
            byte[] mime = read("mimetype", 200);
            String type = new String(mime, StandardCharsets.US_ASCII).strip();
            if (type.isEmpty() || type.startsWith(DocumentType.ODT.mediaType())) {
                return Optional.of(DocumentType.ODT);
            }
        }
        return Optional.empty();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    Iterable<String> names() {
        return entries.keySet();
    }

    /** A part, to be read once and not kept, or null when there is no such part. */
    @Nullable InputStream find(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : open(entry);
    }

    private byte[] read(String name, int most) {
        try (InputStream part = find(name)) {
            return part == null ? new byte[0] : part.readNBytes(most);
        } catch (IOException e) {
            throw corrupt("a part that does not inflate");
        }
    }

    private InputStream open(Entry entry) {
        if (entry.encrypted()) {
            throw new LimitReached(Outcome.ENCRYPTED, "an encrypted part");
        }
        int at = entry.local();
        if (at + LOCAL_LENGTH > bytes.length || int32(at) != LOCAL_RECORD) {
            throw corrupt("a part without its header");
        }
        long start = (long) at + LOCAL_LENGTH + int16(at + 26) + int16(at + 28);
        if (start + entry.compressed() > bytes.length) {
            throw corrupt("a part beyond the end");
        }
        InputStream stored = new ByteArrayInputStream(bytes, (int) start, entry.compressed());
        if (entry.method() == STORED) {
            return new Counted(stored);
        }
        if (entry.method() != DEFLATED) {
            throw corrupt("compression method " + entry.method());
        }
        Inflater inflater = new Inflater(true);
        inflaters.add(inflater);
        return new Counted(new InflaterInputStream(stored, inflater, 8 * 1024));
    }

    /** Frees what the parts held; the parts cannot be read any more. */
    @Override
    public void close() {
        inflaters.forEach(Inflater::end);
        inflaters.clear();
    }

    /** Counts what comes out of a part, whatever the directory says about its size. */
    private final class Counted extends FilterInputStream {

        private long total;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int count = super.read(buffer, from, length);
            if (count > 0) {
                budget.expanded(count);
                total += count;
                if (total > budget.limits().expandedBytes() / PARTS_SHARE) {
                    throw new LimitReached(Outcome.TOO_LARGE, "a part that expands beyond its share");
                }
            }
            return count;
        }
    }

    private void readDirectory() {
        int end = findEnd();
        int count = int16(end + 10);
        long size = int32(end + 12) & 0xffffffffL;
        long offset = int32(end + 16) & 0xffffffffL;
        if (count == 0xffff || offset == 0xffffffffL) {
            throw new LimitReached(Outcome.TOO_LARGE, "a zip64 directory");
        }
        budget.entries(count);
        // Bytes put before the zip (a polyglot) shift every offset by the same amount.
        long shift = end - size - offset;
        if (shift < 0 || offset + shift > end) {
            throw corrupt("a directory outside the file");
        }
        long at = offset + shift;
        long compressedTotal = 0;
        for (int i = 0; i < count; i++) {
            budget.tick();
            if (at + CENTRAL_LENGTH > end || int32((int) at) != CENTRAL_RECORD) {
                throw corrupt("a broken directory");
            }
            int p = (int) at;
            int flags = int16(p + 8);
            long compressed = int32(p + 20) & 0xffffffffL;
            long local = (int32(p + 42) & 0xffffffffL) + shift;
            int nameLength = int16(p + 28);
            if (at + CENTRAL_LENGTH + nameLength > end || local + LOCAL_LENGTH > bytes.length) {
                throw corrupt("a broken directory entry");
            }
            compressedTotal += compressed;
            if (compressedTotal > bytes.length) {
                throw corrupt("parts that overlap");
            }
            Charset charset = (flags & 0x800) != 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
            String name = new String(bytes, p + CENTRAL_LENGTH, nameLength, charset).replace('\\', '/');
            Entry entry = new Entry(int16(p + 10), (flags & 1) != 0, (int) local, (int) compressed);
            if (entries.putIfAbsent(name.startsWith("/") ? name.substring(1) : name, entry) != null) {
                throw corrupt("two parts of one name");
            }
            at += CENTRAL_LENGTH + (long) nameLength + int16(p + 30) + int16(p + 32);
        }
    }

    private int findEnd() {
        int lowest = Math.max(0, bytes.length - END_LENGTH - MAX_COMMENT);
        for (int at = bytes.length - END_LENGTH; at >= lowest; at--) {
            if (bytes[at] == 'P' && int32(at) == END_RECORD) {
                return at;
            }
        }
        throw corrupt("no directory");
    }

    private static LimitReached corrupt(String detail) {
        return new LimitReached(Outcome.CORRUPT, "zip with " + detail);
    }

    private int int16(int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    private int int32(int at) {
        return int16(at) | int16(at + 2) << 16;
    }
}
