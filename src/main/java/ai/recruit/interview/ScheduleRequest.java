package ai.recruit.interview;

import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When, where and with whom an interview is to take place. */
record ScheduleRequest(
        @Schema(
                description = "ISO 8601 with an offset or `Z`, or local time of `time_zone`",
                example = "2026-12-01T15:00:00+06:00")
        @Nullable String scheduledAt,

        @Schema(description = "5 to 480; 60 without", example = "60") @Nullable Integer durationMinutes,

        @Schema(description = "IANA name; the offset of `scheduled_at` without", example = "Asia/Bishkek") @Nullable String timeZone,

        @Schema(example = "Room 4") @Nullable String location,

        @Schema(description = "http or https", example = "https://meet.example.com/4f2a") @Nullable
        String url,

        @Schema(
                description = "At most 20 accounts of recruiters or administrators; without it they stay as they are",
                example = "[\"usr_0192f0c1a2b37c4d8e5f60718293a4b9\"]")
        @Nullable List<@Nullable String> interviewers) {

    private static final int USUAL_MINUTES = 60;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 480;
    private static final int LONGEST_TEXT = 300;
    private static final int LONGEST_URL = 2000;
    private static final int MOST_INTERVIEWERS = 20;
    /** Meetings are noted after the fact as well; what lies further off is a slip of the pen. */
    private static final Duration PAST = Duration.ofDays(366);

    private static final Duration FUTURE = Duration.ofDays(3 * 366);

    /** @throws ai.recruit.kernel.Problem naming each wrong field */
    Meeting checked(Instant now) {
        FieldChecks checks = new FieldChecks();
        String at = checks.required("scheduled_at", scheduledAt, LONGEST_TEXT);
        ZoneId zone = zone(checks);
        Meeting meeting = at.isEmpty() ? null : time(checks, at, zone, now);
        if (durationMinutes != null && (durationMinutes < SHORTEST || durationMinutes > LONGEST)) {
            checks.reject("duration_minutes", "must be between " + SHORTEST + " and " + LONGEST);
        }
        String place = checks.text("location", location, LONGEST_TEXT);
        String address = url(checks);
        List<UUID> accounts = interviewers == null ? null : accounts(checks, interviewers);
        checks.verify();
        if (meeting == null) {
            throw new IllegalStateException("a time that is wrong has been rejected");
        }
        return new Meeting(
                meeting.at(),
                durationMinutes == null ? USUAL_MINUTES : durationMinutes,
                meeting.zone(),
                place,
                address,
                accounts);
    }

    private @Nullable ZoneId zone(FieldChecks checks) {
        String name = checks.text("time_zone", timeZone, LONGEST_TEXT);
        if (name == null) {
            return null;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            checks.reject("time_zone", "must be a time zone such as Asia/Bishkek, Europe/Berlin or UTC");
            return null;
        }
    }

    /** The time and its zone; null, and remembered as wrong, when it is none. */
    private @Nullable Meeting time(FieldChecks checks, String text, @Nullable ZoneId zone, Instant now) {
        Instant at;
        ZoneId spoken;
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT));
            at = time.toInstant();
            spoken =
                    zone != null ? zone : time.getOffset().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : time.getOffset();
        } catch (DateTimeException noOffset) {
            try {
                LocalDateTime local = LocalDateTime.parse(text.toUpperCase(Locale.ROOT));
                if (zone == null) {
                    if (timeZone == null || timeZone.isBlank()) {
                        checks.reject("time_zone", "is required when scheduled_at has no offset");
                    }
                    return null;
                }
                at = local.atZone(zone).toInstant();
                spoken = zone;
            } catch (DateTimeException noTime) {
                checks.reject("scheduled_at", "must be a time such as 2026-12-01T15:00:00+06:00");
                return null;
            }
        }
        if (at.isBefore(now.minus(PAST)) || at.isAfter(now.plus(FUTURE))) {
            checks.reject("scheduled_at", "must lie within a year before today and three years after");
            return null;
        }
        return new Meeting(at, USUAL_MINUTES, spoken, null, null, null);
    }

    private @Nullable String url(FieldChecks checks) {
        String text = checks.text("url", url, LONGEST_URL);
        if (text == null) {
            return null;
        }
        try {
            URI address = URI.create(text);
            if (address.getHost() != null
                    && ("https".equalsIgnoreCase(address.getScheme())
                            || "http".equalsIgnoreCase(address.getScheme()))) {
                return text;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Told below.
        }
        checks.reject("url", "must be a whole http or https address");
        return null;
    }

    private static List<UUID> accounts(FieldChecks checks, List<@Nullable String> named) {
        if (named.size() > MOST_INTERVIEWERS) {
            checks.reject("interviewers", "must hold at most " + MOST_INTERVIEWERS + " accounts");
            return List.of();
        }
        Set<UUID> accounts = new LinkedHashSet<>();
        for (int i = 0; i < named.size(); i++) {
            String text = named.get(i);
            UUID id = text == null ? null : IdKind.ACCOUNT.parse(text).orElse(null);
            if (id == null) {
                checks.reject("interviewers[" + i + "]", "must be an account's id such as usr_...");
            } else if (!accounts.add(id)) {
                checks.reject("interviewers[" + i + "]", "is named twice");
            }
        }
        return List.copyOf(new ArrayList<>(accounts));
    }
}
