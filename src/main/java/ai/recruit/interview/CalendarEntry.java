package ai.recruit.interview;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An interview as calendars read it (RFC 5545): one event, the same one however often it is rescheduled. */
final class CalendarEntry {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Octets of a line without its end. */
    private static final int LONGEST_LINE = 75;

    private CalendarEntry() {}

    /** @throws Problem {@link ProblemCode#CONFLICT} for an interview without a time */
    static String of(InterviewResponse interview) {
        if (interview.scheduledAt() == null || interview.durationMinutes() == null) {
            throw new Problem(ProblemCode.CONFLICT, "The interview is not scheduled");
        }
        Instant start = Instant.parse(interview.scheduledAt());
        boolean russian = interview.language().equals(Tongue.RU.word());
        String who = interview.candidateName() == null ? "" : interview.candidateName() + ", ";
        List<String> lines = new ArrayList<>(List.of(
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Recruit.ai//Interviews//EN",
                "METHOD:PUBLISH",
                "BEGIN:VEVENT",
                "UID:" + interview.interviewId() + "@recruit.ai",
                "SEQUENCE:" + interview.version(),
                "DTSTAMP:" + TIME.format(Instant.parse(interview.updatedAt())),
                "DTSTART:" + TIME.format(start),
                "DTEND:" + TIME.format(start.plus(Duration.ofMinutes(interview.durationMinutes()))),
                "SUMMARY:" + text((russian ? "Собеседование: " : "Interview: ") + who + interview.positionTitle()),
                "STATUS:" + (interview.status().equals(InterviewStatus.CANCELLED.word()) ? "CANCELLED" : "CONFIRMED")));
        add(lines, "LOCATION:", interview.location());
        if (interview.url() != null) {
            // An address, not a text: nothing in it is escaped, and line breaks do not stand in one.
            lines.add("URL:" + interview.url());
        }
        lines.add("END:VEVENT");
        lines.add("END:VCALENDAR");
        StringBuilder calendar = new StringBuilder();
        lines.forEach(line -> fold(calendar, line));
        return calendar.toString();
    }

    private static void add(List<String> lines, String name, @Nullable String value) {
        if (value != null) {
            lines.add(name + text(value));
        }
    }

    private static String text(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n")
                .replaceAll("\\p{Cntrl}", "");
    }

    /** Longer lines go on after a blank; a character is never torn apart. */
    private static void fold(StringBuilder calendar, String line) {
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > LONGEST_LINE) {
                calendar.append("\r\n ");
                octets = 1;
            }
            calendar.appendCodePoint(character);
            octets += size;
            i += Character.charCount(character);
        }
        calendar.append("\r\n");
    }
}
