package ai.recruit.kernel;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The kinds of public id. A public id is a prefix, an underscore and the 32 hexadecimal digits of a UUIDv7, for
 * example {@code cand_0192f0c1a2b37c4d8e5f60718293a4b5}.
 *
 * <p>Readers are generous, so that clients of every documented dialect are understood: the separator may be {@code _}
 * or {@code -}, the digits may carry the hyphens of a UUID, and the prefix may be left out.
 */
public enum IdKind {
    ACCOUNT("usr"),
    API_KEY("key"),
    AUDIT_ENTRY("aud"),
    AUDIT_HEAD("head"),
    BATCH("batch"),
    CANDIDATE("cand"),
    CONSENT("cons"),
    DISPUTE("disp"),
    DUPLICATE("dup"),
    ERASURE("era"),
    IMPORT("imp"),
    INGESTION("ing"),
    INTERVIEW("int"),
    JOB("job", "pos"),
    MATCH("match"),
    MERGE("merge"),
    NOTE("note"),
    /** A job under the name that the recruiter API knows it by. */
    POSITION("pos", "job"),
    PROCESSING_JOB("proc"),
    RESUME("res", "resume"),
    SHARE("share"),
    STATUS_CHANGE("move");

    private static final int UUID_LENGTH = 36;
    private static final int HEX_LENGTH = 32;

    private final List<String> prefixes;

    IdKind(String... prefixes) {
        this.prefixes = List.of(prefixes);
    }

    /** The prefix that this kind is written with, without the separator. */
    public String prefix() {
        return prefixes.get(0);
    }

    /** The public spelling of an id of this kind. */
    public String format(UUID id) {
        return format(prefix(), id);
    }

    /** A job's id under the name that the recruiter API knows it by, for example {@code pos_0192...}. */
    public static String position(UUID jobId) {
        return format(JOB.prefixes.get(1), jobId);
    }

    private static String format(String prefix, UUID id) {
        HexFormat hex = HexFormat.of();
        return prefix
                + '_'
                + hex.toHexDigits(id.getMostSignificantBits())
                + hex.toHexDigits(id.getLeastSignificantBits());
    }

    /** Reads a public id; empty when the text is not an id of this kind. */
    public Optional<UUID> parse(String text) {
        String rest = text.strip().toLowerCase(Locale.ROOT);
        for (String prefix : prefixes) {
            if (rest.length() > prefix.length()
                    && rest.startsWith(prefix)
                    && (rest.charAt(prefix.length()) == '_' || rest.charAt(prefix.length()) == '-')) {
                rest = rest.substring(prefix.length() + 1);
                break;
            }
        }
        if (rest.length() == UUID_LENGTH
                && rest.charAt(8) == '-'
                && rest.charAt(13) == '-'
                && rest.charAt(18) == '-'
                && rest.charAt(23) == '-') {
            rest = rest.replace("-", "");
        }
        if (rest.length() != HEX_LENGTH || !rest.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new UUID(
                HexFormat.fromHexDigitsToLong(rest, 0, 16), HexFormat.fromHexDigitsToLong(rest, 16, HEX_LENGTH)));
    }

    /**
     * Reads a public id out of a path. A text that is no id of this kind names nothing that exists, so it fails in the
     * same way as a row that does not exist.
     *
     * @throws Problem {@link ProblemCode#RESOURCE_NOT_FOUND}
     */
    public UUID get(String text) {
        return parse(text).orElseThrow(() -> notFound(text));
    }

    /** The problem of a row of this kind that does not exist, or that the caller may not know of. */
    public Problem notFound(String publicId) {
        return new Problem(
                ProblemCode.RESOURCE_NOT_FOUND,
                name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ') + " '" + publicId
                        + "' does not exist");
    }
}
