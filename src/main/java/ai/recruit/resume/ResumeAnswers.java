package ai.recruit.resume;

import ai.recruit.kernel.IdKind;
import ai.recruit.parsing.ParsedResume;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What clients read of resumes and batches. A key whose documentation says "where there is one" is left out else. */
final class ResumeAnswers {

    private ResumeAnswers() {}

    static String url(UUID resumeId, String what) {
        return "/api/resumes/" + IdKind.RESUME.format(resumeId) + "/" + what;
    }

    static String batchUrl(UUID batchId) {
        return "/api/resumes/batches/" + IdKind.BATCH.format(batchId);
    }

    private static Instant time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable String candidate(@Nullable UUID id) {
        return id == null ? null : IdKind.CANDIDATE.format(id);
    }

    /**
     * A resume that was taken in.
     *
     * @param eventsUrl where its processing can be watched
     * @param duplicate whether the same bytes had been taken in before, so that nothing was done
     */
    record Uploaded(String resumeId, String processingJobId, String status, String eventsUrl, boolean duplicate) {

        static Uploaded of(Resume resume, boolean duplicate) {
            return new Uploaded(
                    IdKind.RESUME.format(resume.id()),
                    IdKind.PROCESSING_JOB.format(resume.jobId()),
                    resume.state().word(),
                    url(resume.id(), "events"),
                    duplicate);
        }
    }

    record Failure(String code, String message) {}

    /**
     * Where the processing of a resume stands.
     *
     * @param batchId where there is one
     * @param candidateId where there is one
     * @param progress 0 to 100
     * @param currentStep the last stage that is behind it
     */
    record Status(
            String resumeId,
            String processingJobId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String batchId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String candidateId,

            String status,
            int progress,
            String currentStep,
            int attempts,
            @Nullable Failure error,
            String filename,
            Instant createdAt,
            Instant updatedAt) {

        static Status of(Resume resume) {
            UUID batchId = resume.batchId();
            String code = resume.errorCode();
            String message = resume.errorMessage();
            return new Status(
                    IdKind.RESUME.format(resume.id()),
                    IdKind.PROCESSING_JOB.format(resume.jobId()),
                    batchId == null ? null : IdKind.BATCH.format(batchId),
                    candidate(resume.candidateId()),
                    resume.state().word(),
                    resume.progress(),
                    resume.step(),
                    resume.attempts(),
                    code == null ? null : new Failure(code, message == null ? "" : message),
                    resume.filename(),
                    time(resume.createdAt()),
                    time(resume.updatedAt()));
        }
    }

    /**
     * What was read out of a resume. Until that is done, and when it fails, the answer has the status and nulls.
     *
     * @param summary the resume's own, else one made of its facts
     * @param insights facts in words
     * @param parsingConfidence 0 to 1
     * @param evidence where each value stands, where it was asked for
     * @param enrichment there when a language model wrote summary and insights
     */
    record Data(
            String resumeId,
            @Nullable String candidateId,
            String status,
            @Nullable ParsedData parsedData,
            @Nullable String summary,
            List<String> insights,
            @Nullable Double parsingConfidence,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ValueEvidence> evidence,

            Instant createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Enriched enrichment) {

        private static final double BASIS_POINTS = 10_000;

        static Data pending(Resume resume) {
            return of(resume, null, null, List.of(), null, null);
        }

        static Data of(Resume resume, ParsedResume parsed, boolean explained) {
            return of(
                    resume,
                    ParsedData.of(parsed),
                    Insights.summary(parsed),
                    Insights.of(parsed),
                    parsed.confidence() / BASIS_POINTS,
                    explained ? ValueEvidence.of(parsed) : null);
        }

        private static Data of(
                Resume resume,
                @Nullable ParsedData data,
                @Nullable String summary,
                List<String> insights,
                @Nullable Double confidence,
                @Nullable List<ValueEvidence> evidence) {
            return new Data(
                    IdKind.RESUME.format(resume.id()),
                    candidate(resume.candidateId()),
                    resume.state().word(),
                    data,
                    summary,
                    insights,
                    confidence,
                    evidence,
                    time(resume.createdAt()),
                    null);
        }

        /** The same with the texts of a language model; what was read stays as it is. */
        Data with(EnrichmentRepository.Stored text) {
            return new Data(
                    resumeId,
                    candidateId,
                    status,
                    parsedData,
                    text.summary(),
                    text.insights().isEmpty() ? insights : text.insights(),
                    parsingConfidence,
                    evidence,
                    createdAt,
                    new Enriched(text.model(), time(text.at())));
        }
    }

    /** Which language model wrote summary and insights, and when. */
    record Enriched(String model, Instant createdAt) {}

    /** A file that was not taken in. */
    record Rejected(String filename, String code, String message) {

        static List<Rejected> of(List<Batch.Item> items) {
            return items.stream()
                    .filter(item -> item.code() != null)
                    .map(item -> new Rejected(
                            item.filename(),
                            item.code() == null ? "" : item.code(),
                            item.message() == null ? "" : item.message()))
                    .toList();
        }
    }

    /**
     * A file that was taken in.
     *
     * @param duplicate whether the same bytes had been taken in before, here or earlier
     * @param status the resume's, once it is asked for
     */
    record Item(
            String resumeId,
            String filename,
            boolean duplicate,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String status) {

        static List<Item> of(List<Batch.Item> items) {
            return items.stream()
                    .filter(item -> item.resumeId() != null)
                    .map(item -> new Item(
                            item.resumeId() == null ? "" : IdKind.RESUME.format(item.resumeId()),
                            item.filename(),
                            item.duplicate(),
                            item.state()))
                    .toList();
        }
    }

    /** A batch that was taken in: {@code total} files, of which {@code accepted} became or were resumes. */
    record BatchUploaded(
            String batchId, int total, int accepted, List<Rejected> rejected, List<Item> items, String eventsUrl) {

        static BatchUploaded of(BatchIntake.Taken taken) {
            List<Rejected> rejected = Rejected.of(taken.items());
            return new BatchUploaded(
                    IdKind.BATCH.format(taken.id()),
                    taken.items().size(),
                    taken.items().size() - rejected.size(),
                    rejected,
                    Item.of(taken.items()),
                    batchUrl(taken.id()) + "/events");
        }
    }

    /**
     * Where a batch stands.
     *
     * @param progress 0 to 100
     * @param status {@code queued} while nothing has begun, {@code processing}, then {@code completed}
     */
    record BatchStatus(
            String batchId,
            String status,
            int progress,
            int total,
            int accepted,
            int completed,
            int failed,
            int processing,
            int queued,
            List<Rejected> rejected,
            List<Item> items,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant completedAt) {

        static BatchStatus of(Batch batch, List<Batch.Item> items) {
            Instant completedAt = batch.completedAt();
            boolean begun = batch.completed() + batch.failed() + batch.processing() > 0;
            State state = completedAt != null ? State.COMPLETED : begun ? State.PROCESSING : State.QUEUED;
            return new BatchStatus(
                    IdKind.BATCH.format(batch.id()),
                    state.word(),
                    batch.progress(),
                    batch.total(),
                    batch.accepted(),
                    batch.completed(),
                    batch.failed(),
                    batch.processing(),
                    batch.queued(),
                    Rejected.of(items),
                    Item.of(items),
                    time(batch.createdAt()),
                    time(batch.updatedAt()),
                    completedAt == null ? null : time(completedAt));
        }
    }
}
