package ai.recruit.candidate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads comma-separated values (RFC 4180) out of bytes as they come, so that a file of any length is read in little memory and
 * no thread waits for it; the usual libraries read from a stream that blocks.
 *
 * <p>The first line tells the delimiter: of comma, semicolon and tab the one that it has most of, or what a first line like
 * {@code sep=;} names. Text is UTF-8, or UTF-16 with a byte order mark, or windows-1251, which spreadsheets write where
 * Russian is spoken; it is told from UTF-8 by the first bytes that are not ASCII. For one client's file, and one thread at a
 * time.
 */
final class CsvRecords {

    static final String MEDIA_TYPE = "text/csv";

    /** The most characters of a record. */
    static final int LONGEST = 65_536;

    static final Charset CYRILLIC = Charset.forName("windows-1251");

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String DELIMITERS = ",;\t";
    private static final int SAMPLE = 8_192;
    /** The fewest bytes by which a charset is told, unless there are no more. */
    private static final int FEWEST = 16;

    /**
     * A record.
     *
     * @param number the first record has 1, as in a spreadsheet; empty ones count, but are passed over
     * @param broken whether it is too long to be a record, which a lone quotation mark makes of all that follows; nothing is
     *     read after it
     */
    record Row(int number, List<String> cells, boolean broken) {}

    private @Nullable CharsetDecoder decoder;
    private byte[] waiting = new byte[0];

    private char delimiter;
    private final StringBuilder line = new StringBuilder();
    private boolean lineQuoted;

    private final StringBuilder cell = new StringBuilder();
    private final List<String> cells = new ArrayList<>();
    private int length;
    private int number = 1;
    private boolean quoted;
    private boolean closed;
    private boolean afterReturn;
    private boolean broken;
    private List<Row> ready = new ArrayList<>();

    /** @param charset as the client names it; null to find out */
    CsvRecords(@Nullable Charset charset) {
        if (charset != null) {
            decoder = decoder(charset);
        }
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** The charset, in lower case. As long as there was nothing but ASCII, it is UTF-8. */
    String charset() {
        return decoder == null ? "utf-8" : decoder.charset().name().toLowerCase(Locale.ROOT);
    }

    /** What stands between the values; a comma when there were none. */
    char delimiter() {
        return delimiter == 0 ? ',' : delimiter;
    }

    /** The records that are complete with these bytes. */
    List<Row> read(ByteBuffer bytes) {
        byte[] all = new byte[waiting.length + bytes.remaining()];
        System.arraycopy(waiting, 0, all, 0, waiting.length);
        bytes.get(all, waiting.length, bytes.remaining());
        if (decoder == null && all.length < SAMPLE) {
            waiting = all;
            return List.of();
        }
        decode(all, false);
        return taken();
    }

    /** The records that are left at the end of the file. */
    List<Row> end() {
        decode(waiting, true);
        if (delimiter == 0) {
            begin();
        }
        if (!broken && (quoted || closed || length > 0 || !cells.isEmpty())) {
            endRow();
        }
        return taken();
    }

    private List<Row> taken() {
        List<Row> rows = ready;
        ready = new ArrayList<>();
        return rows;
    }

    private void decode(byte[] given, boolean last) {
        byte[] bytes = given;
        waiting = new byte[0];
        CharsetDecoder known = decoder;
        if (known == null) {
            int ascii = 0;
            while (ascii < bytes.length && bytes[ascii] >= 0) {
                take((char) bytes[ascii++]);
            }
            bytes = Arrays.copyOfRange(bytes, ascii, bytes.length);
            if (bytes.length == 0 || bytes.length < FEWEST && !last) {
                waiting = bytes;
                return;
            }
            known = decoder(found(bytes));
            decoder = known;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(bytes.length * (double) known.maxCharsPerByte()) + 8);
        CoderResult result = known.decode(in, out, last);
        if (last && result.isUnderflow()) {
            known.flush(out);
        }
        if (in.hasRemaining()) {
            waiting = new byte[in.remaining()];
            in.get(waiting);
        }
        out.flip();
        while (out.hasRemaining()) {
            take(out.get());
        }
    }

    /** What the first bytes that are not ASCII, and those behind them, look like most. */
    private static Charset found(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & bytes[1] & 0xfe) == 0xfe && bytes[0] != bytes[1]) {
            return StandardCharsets.UTF_16;
        }
        int bad = 0;
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = strict.decode(in, out, false);
        while (result.isMalformed()) {
            bad++;
            in.position(in.position() + result.length());
            result = strict.decode(in, out, false);
        }
        long good = out.flip().chars().filter(c -> c > 0x7f).count();
        return good > bad ? StandardCharsets.UTF_8 : CYRILLIC;
    }

    private void take(char c) {
        if (broken || c == BYTE_ORDER_MARK && number == 1 && line.isEmpty() && delimiter == 0) {
            return;
        }
        if (delimiter != 0) {
            step(c);
            return;
        }
        // The first line, as a whole.
        if (c == '"') {
            lineQuoted = !lineQuoted;
        }
        if ((c == '\n' || c == '\r') && !lineQuoted) {
            begin();
            step(c);
        } else {
            line.append(c);
            tooLong(line.length());
        }
    }

    private void begin() {
        String first = line.toString();
        line.setLength(0);
        if (first.startsWith("sep=") && first.length() == 5) {
            delimiter = first.charAt(4);
            return;
        }
        delimiter = ',';
        long most = 0;
        for (char candidate : DELIMITERS.toCharArray()) {
            long count = first.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                delimiter = candidate;
            }
        }
        for (char c : first.toCharArray()) {
            step(c);
        }
    }

    private void step(char c) {
        if (c == '\n' && afterReturn) {
            afterReturn = false;
            return;
        }
        afterReturn = false;
        if (quoted) {
            if (c == '"') {
                quoted = false;
                closed = true;
            } else {
                add(c);
            }
        } else if (c == '"' && closed) {
            // A doubled quotation mark stands for one.
            add(c);
            quoted = true;
            closed = false;
        } else if (c == '"' && cell.isEmpty()) {
            quoted = true;
        } else if (c == delimiter) {
            endCell();
        } else if (c == '\n' || c == '\r') {
            afterReturn = c == '\r';
            endRow();
        } else {
            add(c);
        }
    }

    private void add(char c) {
        cell.append(c);
        tooLong(++length);
    }

    private void tooLong(int now) {
        if (now > LONGEST) {
            broken = true;
            ready.add(new Row(number, List.of(), true));
        }
    }

    private void endCell() {
        cells.add(cell.toString());
        cell.setLength(0);
        closed = false;
        quoted = false;
        length++;
    }

    private void endRow() {
        endCell();
        if (cells.stream().anyMatch(text -> !text.isBlank())) {
            ready.add(new Row(number, List.copyOf(cells), false));
        }
        cells.clear();
        length = 0;
        number++;
    }
}
