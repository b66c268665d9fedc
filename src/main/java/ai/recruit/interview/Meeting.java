package ai.recruit.interview;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When and where an interview takes place.
 *
 * @param zone in which people speak of the time
 * @param interviewers in place of those named before; null to keep them
 */
record Meeting(
        Instant at,
        int durationMinutes,
        ZoneId zone,
        @Nullable String location,
        @Nullable String url,
        @Nullable List<UUID> interviewers) {}
