package ai.recruit.resume;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.parsing.DocumentType;
import ai.recruit.storage.Blobs;
import ai.recruit.storage.Incoming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Zips: which are documents, and what lies in the others. None of a zip's own figures is trusted: what comes out is
 * counted as it comes out. All of it blocks.
 */
final class Archives {

    /** What a zip is. */
    enum Kind {
        DOCX,
        ODT,
        /** A plain zip of files. */
        ARCHIVE,
        /** Another format that happens to be a zip, for example XLSX. */
        OTHER,
        /** Has no sound directory. */
        BROKEN;

        @Nullable DocumentType type() {
            return this == DOCX ? DocumentType.DOCX : this == ODT ? DocumentType.ODT : null;
        }
    }

    private static final int END_RECORD = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MOST_COMMENT = 0xffff;
    private static final int MOST_ENTRIES = 10_000;
    private static final long LONGEST_DIRECTORY = 4L * 1024 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final int MOST_RATIO = 100;
    private static final long RATIO_FROM = 1024L * 1024;
    /** What archives made by Windows in Russian-speaking countries name their files in. */
    private static final Charset DOS = Charset.forName("IBM866");

    private final Blobs blobs;
    private final long limit;
    private final long expandedLimit;

    Archives(Blobs blobs, long limit, long expandedLimit) {
        this.blobs = blobs;
        this.limit = limit;
        this.expandedLimit = expandedLimit;
    }

    Kind kindOf(Path file) throws IOException {
        if (!hasModestDirectory(file)) {
            return Kind.BROKEN;
        }
        try (ZipFile zip = open(file)) {
            if (zip.getEntry("word/document.xml") != null || zip.getEntry("word/document2.xml") != null) {
                return Kind.DOCX;
            }
            if (zip.getEntry("[Content_Types].xml") != null) {
                boolean word = zip.stream()
                        .map(entry -> entry.getName().toLowerCase(Locale.ROOT))
                        .anyMatch(name -> name.startsWith("word/document") && name.endsWith(".xml"));
                return word ? Kind.DOCX : Kind.OTHER;
            }
            ZipEntry type = zip.getEntry("mimetype");
            if (type != null) {
                try (InputStream text = zip.getInputStream(type)) {
                    String media = new String(text.readNBytes(100), StandardCharsets.US_ASCII);
                    return media.startsWith(DocumentType.ODT.mediaType()) ? Kind.ODT : Kind.OTHER;
                }
            }
            return zip.getEntry("content.xml") != null ? Kind.ODT : Kind.ARCHIVE;
        } catch (ZipException broken) {
            return Kind.BROKEN;
        }
    }

    /**
     * Takes the files out of an archive. Those that may not be taken come out as refused ones.
     *
     * @param most how many files at most
     * @param begun is told of every file before it is written, so that it can be thrown away
     * @throws Problem when the archive as a whole is not to be taken
     */
    List<ArrivedFile> expand(Path file, int most, Consumer<Incoming> begun) throws IOException {
        List<ArrivedFile> files = new ArrayList<>();
        try (ZipFile zip = open(file)) {
            long left = expandedLimit;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("interrupted while expanding an archive");
                }
                if (entry.isDirectory() || isClutter(entry.getName())) {
                    continue;
                }
                if (files.size() == most) {
                    throw Problem.invalid("files", "send at most " + Reception.MOST_FILES + " files at once");
                }
                Incoming incoming = blobs.begin();
                begun.accept(incoming);
                ArrivedFile arrived = new ArrivedFile(FileNames.plain(entry.getName()), incoming, limit, limit);
                files.add(arrived);
                left -= write(zip, entry, arrived, left);
                if (left < 0) {
                    throw new Problem(
                            ProblemCode.TOO_LARGE, "The archive expands to more than " + expandedLimit + " bytes");
                }
            }
        } catch (ZipException | IllegalArgumentException broken) {
            throw new Problem(ProblemCode.UNSUPPORTED_TYPE, "The archive is damaged and cannot be read");
        }
        if (files.isEmpty()) {
            throw new Problem(ProblemCode.UNSUPPORTED_TYPE, "The archive holds no files");
        }
        return files;
    }

    /** How many bytes came out. */
    private long write(ZipFile zip, ZipEntry entry, ArrivedFile arrived, long left) throws IOException {
        byte[] piece = new byte[PIECE];
        long size = 0;
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(arrived.incoming().file())) {
            for (int count = in.read(piece); count >= 0 && arrived.refusal() == null; count = in.read(piece)) {
                size += count;
                arrived.accept(ByteBuffer.wrap(piece, 0, count));
                if (size > left) {
                    break;
                }
                if (size > RATIO_FROM && size > MOST_RATIO * Math.max(1, entry.getCompressedSize())) {
                    arrived.refuse(new Problem(
                            ProblemCode.TOO_LARGE,
                            "The file is packed more than " + MOST_RATIO + " times, as no resume is"));
                }
                if (arrived.refusal() == null) {
                    out.write(piece, 0, count);
                }
            }
        } catch (ZipException | java.io.EOFException broken) {
            arrived.refuse(new Problem(
                    ProblemCode.UNSUPPORTED_TYPE, "The file cannot be taken out of the archive: it is damaged"));
        }
        arrived.ended();
        if (arrived.isZip()) {
            Kind kind = kindOf(arrived.incoming().file());
            if (kind == Kind.ARCHIVE || kind == Kind.OTHER) {
                arrived.refuse(
                        kind == Kind.OTHER
                                ? ArrivedFile.unsupported()
                                : new Problem(
                                        ProblemCode.UNSUPPORTED_TYPE,
                                        "An archive within an archive is not expanded; send it by itself"));
            } else {
                arrived.is(kind.type());
            }
        }
        return size;
    }

    private static boolean isClutter(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return path.startsWith("__MACOSX/")
                || path.contains("/__MACOSX/")
                || name.isEmpty()
                || name.startsWith(".")
                || name.equalsIgnoreCase("Thumbs.db")
                || name.equalsIgnoreCase("desktop.ini");
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException names) {
            return new ZipFile(file.toFile(), DOS);
        }
    }

    /** The library keeps the whole directory in memory, so its length is looked at first. */
    private static boolean hasModestDirectory(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
            long size = channel.size();
            int tail = (int) Math.min(size, END_LENGTH + MOST_COMMENT);
            ByteBuffer end = ByteBuffer.allocate(tail).order(ByteOrder.LITTLE_ENDIAN);
            channel.position(size - tail);
            while (end.hasRemaining() && channel.read(end) >= 0) {
                // Until it is all there.
            }
            for (int at = end.position() - END_LENGTH; at >= 0; at--) {
                if (end.getInt(at) == END_RECORD) {
                    return Short.toUnsignedInt(end.getShort(at + 10)) <= MOST_ENTRIES
                            && Integer.toUnsignedLong(end.getInt(at + 12)) <= LONGEST_DIRECTORY;
                }
            }
            return false;
        }
    }
}
