package ai.recruit.resume;

import ai.recruit.storage.Blobs;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * The original file as an answer. What people upload may be hostile to a browser: it is always an attachment, its type is
 * not guessed, and it may run nothing.
 */
@Component
class Download {

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9 ._()-]");

    private final Blobs blobs;

    Download(Blobs blobs) {
        this.blobs = blobs;
    }

    /** The whole file, or the one range that is asked for. */
    ResponseEntity<Flux<DataBuffer>> of(Resume resume, HttpHeaders request) {
        String tag = "\"" + resume.sha256() + "\"";
        if (request.getIfNoneMatch().contains(tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
        }
        long size = resume.size();
        List<HttpRange> ranges = ranges(request, tag);
        if (ranges.size() != 1) {
            return headers(HttpStatus.OK, resume, tag).contentLength(size).body(blobs.read(resume.blobKey(), 0, size));
        }
        HttpRange range = ranges.get(0);
        long first = range.getRangeStart(size);
        long last = range.getRangeEnd(size);
        if (first >= size || last < first) {
            return ResponseEntity.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header(HttpHeaders.CONTENT_RANGE, "bytes */" + size)
                    .build();
        }
        return headers(HttpStatus.PARTIAL_CONTENT, resume, tag)
                .header(HttpHeaders.CONTENT_RANGE, "bytes " + first + "-" + last + "/" + size)
                .contentLength(last - first + 1)
                .body(blobs.read(resume.blobKey(), first, last - first + 1));
    }

    private static ResponseEntity.BodyBuilder headers(HttpStatus status, Resume resume, String tag) {
        return ResponseEntity.status(status)
                .eTag(tag)
                .contentType(MediaType.parseMediaType(resume.mediaType()))
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(resume.filename()))
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    /** A range that cannot be read, or that is of another version, counts as none (RFC 9110, sections 13.1.5 and 14.2). */
    private static List<HttpRange> ranges(HttpHeaders request, String tag) {
        String sameAs = request.getFirst(HttpHeaders.IF_RANGE);
        if (sameAs != null && !sameAs.equals(tag)) {
            return List.of();
        }
        try {
            return request.getRange();
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    /** Both forms of RFC 6266: a plain name for old clients, the true one in UTF-8 for all others. */
    static String disposition(String filename) {
        String ascii = UNSAFE.matcher(Normalizer.normalize(filename, Normalizer.Form.NFD))
                .replaceAll("_");
        StringBuilder encoded = new StringBuilder();
        for (byte b : filename.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
