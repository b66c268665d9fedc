package ai.recruit.parsing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * Writes the least that makes a Word 97 document: the file information block, one piece of Unicode text, one section and
 * one style (MS-DOC 2.5, 2.8.35, 2.9.38). Enough to test readers with; Word itself would want more.
 */
final class SampleDoc {

    private static final int TEXT_AT = 2_048;
    private static final int FC_LCB = 154;

    private SampleDoc() {}

    /** A document of paragraphs, each ending with a carriage return. */
    static byte[] write(String text) {
        return write(text, "");
    }

    /** The same with paragraphs behind it that are marked as hidden. */
    static byte[] write(String seen, String hidden) {
        String text = seen + hidden;
        byte[] letters = text.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer main = ByteBuffer.allocate(Math.max(8_192, TEXT_AT + letters.length + 1_024))
                .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer table = ByteBuffer.allocate(8_192).order(ByteOrder.LITTLE_ENDIAN);
        main.putShort(0, (short) 0xa5ec);
        main.putShort(2, (short) 0x00c1);
        main.putShort(6, (short) 0x0409);
        main.putShort(0x0a, (short) 0x0200);
        main.putShort(0x0c, (short) 0x00bf);
        main.putInt(0x18, TEXT_AT);
        main.putInt(0x1c, TEXT_AT + letters.length);
        main.putShort(0x20, (short) 14);
        main.putShort(0x3e, (short) 22);
        main.putInt(0x40, main.capacity());
        main.putInt(0x4c, text.length());
        main.putShort(0x98, (short) 93);
        main.position(TEXT_AT);
        main.put(letters);

        // Style sheet: an information block of 18 bytes, and no styles.
        int styles = 0;
        table.position(styles);
        table.putShort((short) 18).putShort((short) 0).putShort((short) 10);
        entry(main, 1, styles, 20);
        // One section over all of the text, with no properties of its own.
        int sections = 64;
        table.position(sections);
        table.putInt(0).putInt(text.length());
        table.putShort((short) 0).putInt(-1).putShort((short) 0).putInt(0);
        entry(main, 6, sections, 20);
        // One run of characters with the looks of its style, described on the third page of 512 bytes.
        main.putInt(1_024, TEXT_AT);
        main.putInt(1_028, TEXT_AT + seen.length() * 2);
        if (!hidden.isEmpty()) {
            main.putInt(1_032, TEXT_AT + letters.length);
            // The second run's properties stand at twice the figure of its byte: three bytes, "vanish" (0x083c) on.
            main.put(1_037, (byte) 100);
            main.put(1_224, (byte) 3).putShort(1_225, (short) 0x083c).put(1_227, (byte) 1);
        }
        main.put(1_024 + 511, (byte) (hidden.isEmpty() ? 1 : 2));
        int runs = 96;
        table.position(runs);
        table.putInt(TEXT_AT).putInt(TEXT_AT + letters.length).putInt(2);
        entry(main, 12, runs, 12);
        // No fonts.
        int fonts = 128;
        table.position(fonts);
        table.putShort((short) 0).putShort((short) 0);
        entry(main, 15, fonts, 4);
        // Document properties, all at their zero.
        entry(main, 31, 1_024, 500);
        // One piece: positions, then the descriptor with the place of its text.
        int pieces = 192;
        table.position(pieces);
        table.put((byte) 2).putInt(16);
        table.putInt(0).putInt(text.length());
        table.putShort((short) 0).putInt(TEXT_AT).putShort((short) 0);
        entry(main, 33, pieces, 21);

        try (POIFSFileSystem files = new POIFSFileSystem()) {
            files.createDocument(new ByteArrayInputStream(main.array()), "WordDocument");
            files.createDocument(new ByteArrayInputStream(table.array()), "1Table");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            files.writeFilesystem(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void entry(ByteBuffer main, int index, int offset, int length) {
        main.putInt(FC_LCB + index * 8, offset);
        main.putInt(FC_LCB + index * 8 + 4, length);
    }
}
