package ai.recruit.resume;

import java.util.Locale;

/** How urgent work is: somebody waits for a single upload, nobody for one file of a batch. Each lane has its queue. */
enum Lane {
    INTERACTIVE,
    BULK;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String queue() {
        return "resume-" + word();
    }

    static Lane of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
