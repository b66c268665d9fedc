package ai.recruit.resume;

import ai.recruit.events.Event;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of this feature, word for word as clients read them. */
final class ResumeEvents {

    static final String PROGRESS = "resume.progress";
    static final String COMPLETED = "resume.completed";
    static final String FAILED = "resume.failed";
    static final String ENRICHED = "resume.enriched";
    static final String BATCH_PROGRESS = "batch.progress";
    static final String BATCH_COMPLETED = "batch.completed";
    private static final String FETCH_FAILED = "resume.fetch_failed";
    private static final String REQUESTED = "resume.requested";

    private ResumeEvents() {}

    /** Whether the event is the last one of a resume. */
    static boolean isEnd(Event event) {
        return event.type().equals(COMPLETED) || event.type().equals(FAILED);
    }

    static NewEvent progress(
            UUID ownerId, UUID resumeId, @Nullable UUID batchId, Step step, State state, Duration took) {
        Map<String, Object> data = data(resumeId, batchId);
        data.put("step", step.word());
        data.put("progress", step.progress());
        data.put("status", state.word());
        data.put("duration_ms", Math.max(0, took.toMillis()));
        return of(ownerId, PROGRESS, resumeId, batchId, data);
    }

    static NewEvent completed(UUID ownerId, UUID resumeId, @Nullable UUID batchId, UUID candidateId) {
        Map<String, Object> data = data(resumeId, batchId);
        data.put("candidate_id", IdKind.CANDIDATE.format(candidateId));
        data.put("status", State.COMPLETED.word());
        return of(ownerId, COMPLETED, resumeId, batchId, data);
    }

    /** The resume that a candidate was made with cannot be had; tells why. */
    static NewEvent fetchFailed(UUID ownerId, String candidateId, String reason) {
        return NewEvent.owned(
                ownerId, FETCH_FAILED, candidateId, Map.of("candidate_id", candidateId, "message", reason));
    }

    static NewEvent enriched(UUID ownerId, UUID resumeId, String model) {
        Map<String, Object> data = data(resumeId, null);
        data.put("model", model);
        return of(ownerId, ENRICHED, resumeId, null, data);
    }

    static NewEvent failed(
            UUID ownerId,
            UUID resumeId,
            @Nullable UUID batchId,
            @Nullable UUID candidateId,
            String code,
            String message) {
        Map<String, Object> data = data(resumeId, batchId);
        if (candidateId != null) {
            data.put("candidate_id", IdKind.CANDIDATE.format(candidateId));
        }
        data.put("status", State.FAILED.word());
        data.put("error", Map.of("code", code, "message", message));
        return of(ownerId, FAILED, resumeId, batchId, data);
    }

    /** What has become of a batch; nothing once it has been completed before, so that its stream has one end. */
    static List<NewEvent> batch(UUID ownerId, UUID batchId, BatchRepository.Counted counted) {
        List<NewEvent> events = new ArrayList<>(2);
        if (counted.wasOpen()) {
            String id = IdKind.BATCH.format(batchId);
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("batch_id", id);
            data.put("total", counted.total());
            data.put("accepted", counted.accepted());
            data.put("completed", counted.completed());
            data.put("failed", counted.failed());
            data.put(
                    "progress",
                    Batch.progress(counted.total(), counted.accepted(), counted.completed(), counted.failed()));
            events.add(NewEvent.owned(ownerId, BATCH_PROGRESS, id, data));
            if (counted.isEnd()) {
                events.add(NewEvent.owned(ownerId, BATCH_COMPLETED, id, data));
            }
        }
        return events;
    }

    /** Asks for work on a resume; the relay hands it to the lane's queue. */
    static NewEvent requested(UUID resumeId, Lane lane) {
        String id = IdKind.RESUME.format(resumeId);
        return NewEvent.internal(REQUESTED, id, Map.of("resume_id", id)).queuedTo(lane.queue());
    }

    private static Map<String, Object> data(UUID resumeId, @Nullable UUID batchId) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("resume_id", IdKind.RESUME.format(resumeId));
        if (batchId != null) {
            data.put("batch_id", IdKind.BATCH.format(batchId));
        }
        return data;
    }

    private static NewEvent of(
            UUID ownerId, String type, UUID resumeId, @Nullable UUID batchId, Map<String, Object> data) {
        return NewEvent.owned(ownerId, type, IdKind.RESUME.format(resumeId), data)
                .under(batchId == null ? null : IdKind.BATCH.format(batchId));
    }
}
