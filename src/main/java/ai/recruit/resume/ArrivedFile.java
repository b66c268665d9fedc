package ai.recruit.resume;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.Sniffed;
import ai.recruit.storage.Incoming;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Mono;

/**
 * One file while it arrives: counted, hashed and looked at piece by piece, refused as soon as its first bytes or its size
 * say so. Used by one piece after the other.
 */
final class ArrivedFile {

    private static final String UNTYPED = "application/octet-stream";

    private final String filename;
    private final Incoming incoming;
    private final long limit;
    private final long archiveLimit;
    private final long began = System.nanoTime();
    private final MessageDigest digest = newDigest();
    private final byte[] head = new byte[DocumentType.SNIFF_LENGTH];
    private int headLength;
    private long size;
    private @Nullable Sniffed sniffed;
    private @Nullable DocumentType type;
    private String sha256 = "";
    private @Nullable Problem refusal;
    private Duration took = Duration.ZERO;

    /**
     * @param limit the most bytes of a document
     * @param archiveLimit the most bytes of an archive; equal to {@code limit} where archives are not expanded
     */
    ArrivedFile(String filename, Incoming incoming, long limit, long archiveLimit) {
        this.filename = filename;
        this.incoming = incoming;
        this.limit = limit;
        this.archiveLimit = archiveLimit;
    }

    /** Takes the next piece and releases it. Pieces of a refused file are dropped. */
    Mono<Void> take(DataBuffer piece) {
        if (refusal != null || !accept(piece)) {
            DataBufferUtils.release(piece);
            return Mono.empty();
        }
        if (piece.readableByteCount() == 0) {
            DataBufferUtils.release(piece);
            return Mono.empty();
        }
        return incoming.append(piece);
    }

    private boolean accept(DataBuffer piece) {
        try (DataBuffer.ByteBufferIterator parts = piece.readableByteBuffers()) {
            while (parts.hasNext()) {
                accept(parts.next());
            }
        }
        return refusal == null;
    }

    /** Counts, hashes and looks at bytes, however they come. */
    void accept(ByteBuffer part) {
        size += part.remaining();
        int wanted = Math.min(part.remaining(), head.length - headLength);
        if (wanted > 0) {
            part.get(part.position(), head, headLength, wanted);
            headLength += wanted;
            if (headLength == head.length) {
                sniff();
            }
        }
        if (size > (sniffed == Sniffed.ZIP_FAMILY ? archiveLimit : limit)) {
            refuse(tooLarge(limit));
        }
        if (refusal == null) {
            digest.update(part);
        }
    }

    private void sniff() {
        Sniffed found = DocumentType.sniff(head, headLength);
        sniffed = found;
        type = found.type().orElse(null);
        if (!found.acceptable()) {
            refuse(unsupported());
        }
    }

    /** All pieces have come. */
    Mono<Void> end() {
        ended();
        return refusal == null ? incoming.finish() : incoming.discard();
    }

    void ended() {
        if (refusal == null && size == 0) {
            refuse(new Problem(ProblemCode.UNSUPPORTED_TYPE, "The file is empty"));
        }
        if (refusal == null && sniffed == null) {
            sniff();
        }
        sha256 = HexFormat.of().formatHex(digest.digest());
        took = Duration.ofNanos(System.nanoTime() - began);
    }

    void refuse(Problem problem) {
        if (refusal == null) {
            refusal = problem;
        }
    }

    /** Why the file is not taken in; null when it is. */
    @Nullable Problem refusal() {
        return refusal;
    }

    String filename() {
        return filename;
    }

    Incoming incoming() {
        return incoming;
    }

    String sha256() {
        return sha256;
    }

    /** Whether it is some zip, so that its directory must tell what it is. */
    boolean isZip() {
        return refusal == null && sniffed == Sniffed.ZIP_FAMILY;
    }

    /** The directory has told. */
    void is(@Nullable DocumentType found) {
        type = found;
        if (size > limit) {
            refuse(tooLarge(limit));
        }
    }

    NewResume asResume(Clock clock) {
        UUID id = UuidV7.next(clock);
        DocumentType known = type;
        return new NewResume(
                id,
                UuidV7.next(clock),
                filename,
                known == null ? UNTYPED : known.mediaType(),
                size,
                sha256,
                NewResume.keyOf(id),
                took);
    }

    static Problem tooLarge(long limit) {
        String size = limit % (1024 * 1024) == 0 ? limit / (1024 * 1024) + " MiB" : limit + " bytes";
        return new Problem(ProblemCode.TOO_LARGE, "The file is larger than " + size + ", the most that is taken");
    }

    static Problem unsupported() {
        return new Problem(
                ProblemCode.UNSUPPORTED_TYPE,
                "The content is not of a supported type; send PDF, DOCX, DOC, RTF, ODT, TXT or HTML");
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
