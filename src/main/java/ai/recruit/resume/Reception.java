package ai.recruit.resume;

import ai.recruit.kernel.Problem;
import ai.recruit.storage.Blobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One multipart request while it arrives: its files go to the storage piece by piece, its fields are kept. */
final class Reception {

    /** The most files in one request. */
    static final int MOST_FILES = 1_000;

    /** What a form may weigh besides its file. */
    private static final long OVERHEAD = 1024L * 1024;

    private final Blobs blobs;
    private final String filePart;
    private final boolean anyPart;
    private final int mostFiles;
    private final Set<String> fieldNames;
    private final long limit;
    private final long archiveLimit;
    private final List<ArrivedFile> files = new ArrayList<>();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private @Nullable ArrivedFile current;
    private @Nullable Throwable failure;

    /**
     * Refuses a single file whose request is by far too large before anything of it is read.
     *
     * @param length the length that the request states, or less than 0
     */
    static void check(long length, ResumeProperties properties) {
        if (length > properties.maxFileSize().toBytes() + OVERHEAD) {
            throw ArrivedFile.tooLarge(properties.maxFileSize().toBytes());
        }
    }

    private Reception(
            Blobs blobs,
            String filePart,
            boolean anyPart,
            int mostFiles,
            Set<String> fieldNames,
            long limit,
            long archiveLimit) {
        this.blobs = blobs;
        this.filePart = filePart;
        this.anyPart = anyPart;
        this.mostFiles = mostFiles;
        this.fieldNames = fieldNames;
        this.limit = limit;
        this.archiveLimit = archiveLimit;
    }

    /** For one file, in the part {@code file}. */
    static Reception ofOne(Blobs blobs, ResumeProperties properties) {
        long limit = properties.maxFileSize().toBytes();
        return new Reception(blobs, "file", false, 1, Set.of("candidate_id", "force"), limit, limit);
    }

    /** For one file, in a part of any name. */
    static Reception ofAnyPart(Blobs blobs, ResumeProperties properties) {
        long limit = properties.maxFileSize().toBytes();
        return new Reception(blobs, "file", true, 1, Set.of("candidate_id", "force"), limit, limit);
    }

    /** For many files, in parts {@code files}. */
    static Reception ofMany(Blobs blobs, ResumeProperties properties) {
        return new Reception(
                blobs,
                "files",
                false,
                MOST_FILES,
                Set.of("force"),
                properties.maxFileSize().toBytes(),
                properties.maxArchiveSize().toBytes());
    }

    /**
     * Receives all parts, and fails only when all have come: the parser of multipart bodies may not be cancelled while it
     * hands out a piece, since it then releases that piece a second time. What comes after a refusal is dropped.
     */
    Mono<Void> receive(Flux<PartEvent> parts) {
        return parts.concatMap(this::take, 1)
                .doOnDiscard(PartEvent.class, event -> DataBufferUtils.release(event.content()))
                .then(Mono.defer(this::complete));
    }

    private Mono<Void> take(PartEvent event) {
        if (failure == null && event instanceof FormPartEvent field) {
            failure = field(field);
        }
        if (failure == null && current == null && !(event instanceof FormPartEvent)) {
            failure = begin(event);
        }
        ArrivedFile file = current;
        if (failure != null || file == null) {
            DataBufferUtils.release(event.content());
            return Mono.empty();
        }
        Mono<Void> piece = file.take(event.content());
        if (event.isLast()) {
            current = null;
            piece = piece.then(Mono.defer(file::end));
        }
        return piece.onErrorResume(broken -> {
            failure = broken;
            return Mono.empty();
        });
    }

    private @Nullable Problem begin(PartEvent event) {
        Problem wrong = check(event);
        if (wrong == null) {
            String name = event.headers().getContentDisposition().getFilename();
            ArrivedFile file =
                    new ArrivedFile(FileNames.plain(name == null ? "" : name), blobs.begin(), limit, archiveLimit);
            current = file;
            files.add(file);
        }
        return wrong;
    }

    private @Nullable Problem check(PartEvent event) {
        if (!anyPart && !event.name().equals(filePart)) {
            return unknown(event.name());
        }
        if (files.size() == mostFiles) {
            return Problem.invalid(
                    filePart,
                    mostFiles == 1
                            ? "send one file; for many use /api/resumes/bulk-upload"
                            : "send at most " + mostFiles + " files at once");
        }
        return null;
    }

    private @Nullable Problem field(FormPartEvent field) {
        if (field.name().equals(filePart)) {
            return Problem.invalid(filePart, "send it as a file, with a filename");
        }
        if (!fieldNames.contains(field.name())) {
            return unknown(field.name());
        }
        if (!field.value().isBlank()) {
            fields.put(field.name(), field.value().strip());
        }
        return null;
    }

    private Problem unknown(String name) {
        return Problem.invalid(name, "is not a part of this request; send the resume in the part '" + filePart + "'");
    }

    private Mono<Void> complete() {
        if (failure == null && files.isEmpty()) {
            failure = Problem.invalid(filePart, "is required: send a file");
        }
        if (failure == null && mostFiles == 1) {
            failure = files.get(0).refusal();
        }
        return Mono.justOrEmpty(failure).flatMap(Mono::error);
    }

    List<ArrivedFile> files() {
        return files;
    }

    /** The fields of the form that were sent and not empty. */
    Map<String, String> fields() {
        return fields;
    }

    /** Throws away what has not been kept. What cannot be removed now is swept later: no reason to fail. */
    Mono<Void> discard() {
        return Flux.fromIterable(List.copyOf(files))
                .flatMap(file -> file.incoming().discard().onErrorComplete(), 4)
                .then();
    }
}
