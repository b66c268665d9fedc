package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A note about a candidate, or changes to one.
 *
 * @param isPrivate whether only its author reads it; false without it, and then everybody does who may see the candidate
 * @param isImportant false without it
 */
@Schema(example = "{\"content\": \"Call back on Monday\", \"is_private\": true, \"is_important\": false}")
record NewNote(
        @Nullable String content,
        @Nullable Boolean isPrivate,
        @Nullable Boolean isImportant) {

    static final int LONGEST = 10_000;

    /** The note with a clean text. */
    NewNote checked() {
        FieldChecks checks = new FieldChecks();
        String text = checks.required("content", content, LONGEST);
        checks.verify();
        return new NewNote(text, Boolean.TRUE.equals(isPrivate), Boolean.TRUE.equals(isImportant));
    }

    /** What is to change of a note; at least one field. */
    NewNote checkedChange() {
        FieldChecks checks = new FieldChecks();
        String text = content == null ? null : checks.required("content", content, LONGEST);
        if (content == null && isPrivate == null && isImportant == null) {
            checks.reject("body", "must name at least one of content, is_private, is_important");
        }
        checks.verify();
        return new NewNote(text, isPrivate, isImportant);
    }
}
