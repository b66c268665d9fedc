package ai.recruit.resume;

import ai.recruit.kernel.IdKind;
import java.time.Duration;
import java.util.UUID;

/**
 * A file that has arrived and is about to become a resume.
 *
 * @param sha256 hexadecimal digits
 * @param took how long it took to arrive
 */
record NewResume(
        UUID id,
        UUID jobId,
        String filename,
        String mediaType,
        long size,
        String sha256,
        String blobKey,
        Duration took) {

    /** Keys are made of ids alone. The last digits of an id are random, so the folders fill evenly. */
    static String keyOf(UUID id) {
        String hex = IdKind.RESUME.format(id).substring(IdKind.RESUME.prefix().length() + 1);
        return "resumes/" + hex.substring(hex.length() - 2) + "/" + hex;
    }
}
