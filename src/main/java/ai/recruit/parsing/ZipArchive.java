package ai.recruit.parsing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip that lies in memory, trusting none of its own figures: the directory is bounded, parts may not overlap
 * each other (the trick of zip bombs of a thousand-fold ratio), and what comes out of a part is counted as it comes out.
 */
final class ZipArchive {

    private static final int END_RECORD = 0x06054b50;
    private static final int CENTRAL_RECORD = 0x02014b50;
    private static final int LOCAL_RECORD = 0x04034b50;
    private static final int END_LENGTH = 22;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;
    private static final int MAX_COMMENT = 0xffff;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final byte[] bytes;
    private final Budget budget;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

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
            byte[] mime = entries.containsKey("mimetype") ? read("mimetype", 200) : new byte[0];
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

    /** A part's bytes, or null when there is no such part. */
    byte @Nullable [] find(String name) {
        return entries.containsKey(name) ? read(name, Long.MAX_VALUE) : null;
    }

    private byte[] read(String name, long most) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw corrupt("no part " + name.length());
        }
        if (entry.encrypted()) {
            throw new LimitReached(Outcome.ENCRYPTED, "an encrypted part");
        }
        int at = entry.local();
        if (at + LOCAL_LENGTH > bytes.length || int32(at) != LOCAL_RECORD) {
            throw corrupt("a part without its header");
        }
        long start = (long) at + LOCAL_LENGTH + int16(at + 26) + int16(at + 28);
        long end = start + entry.compressed();
        if (end > bytes.length) {
            throw corrupt("a part beyond the end");
        }
        if (entry.method() == STORED) {
            int length = (int) Math.min(entry.compressed(), most);
            budget.expanded(length);
            byte[] stored = new byte[length];
            System.arraycopy(bytes, (int) start, stored, 0, length);
            return stored;
        }
        if (entry.method() != DEFLATED) {
            throw corrupt("compression method " + entry.method());
        }
        return inflate((int) start, entry.compressed(), most);
    }

    private byte[] inflate(int start, int length, long most) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, start, length);
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(1 << 16, Math.max(64, length * 3)));
            byte[] buffer = new byte[16 * 1024];
            while (!inflater.finished() && out.size() < most) {
                int count = inflater.inflate(buffer);
                if (count == 0) {
                    // A truncated part: what came out is still worth reading when it is text.
                    throw corrupt("a truncated part");
                }
                budget.expanded(count);
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw corrupt("a part that does not inflate");
        } finally {
            inflater.end();
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
