package ai.recruit.audit;

import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the chain's hash covers of an entry.
 *
 * <p>The hash is SHA-256 over the hash before, the fixed fields, and the hash of the details. The fixed fields are texts
 * in UTF-8, each with its length in bytes before it as four bytes, big-endian, and -1 for a field that is null: the word
 * {@code recruit-audit-1}, the day, the number in the day, and then as {@link #FIELDS} names them.
 *
 * @param id the entry's id
 * @param txid the transaction that it was recorded in
 * @param micros when, in microseconds since 1970
 * @param fields the fixed fields in the order of {@link #FIELDS}
 * @param detailsHash SHA-256 of salt and details
 */
record ChainedEntry(UUID id, long txid, long micros, List<@Nullable String> fields, byte[] detailsHash) {

    /** The fixed fields as texts, in the order in which they are hashed. */
    private static final List<String> FIELDS = List.of(
            "id",
            "txid",
            "micros",
            "actor_id",
            "key_id",
            "role",
            "action",
            "subject",
            "parent",
            "owner_id",
            "address",
            "request_id");

    /** To be selected from {@code audit_entries e}. */
    static final String COLUMNS = """
            e.id::text as id, e.txid::text as txid, (extract(epoch from e.at) * 1000000)::bigint::text as micros,
            e.actor_id::text as actor_id, e.key_id::text as key_id, e.role, e.action, e.subject, e.parent,
            e.owner_id::text as owner_id, e.address, e.request_id, e.details_hash""";

    private static final String VERSION = "recruit-audit-1";
    private static final byte[] NULL = {-1, -1, -1, -1};

    static ChainedEntry of(Readable row) {
        List<@Nullable String> fields = new ArrayList<>(FIELDS.size());
        for (String field : FIELDS) {
            fields.add(row.get(field, String.class));
        }
        return new ChainedEntry(
                UUID.fromString(Objects.requireNonNull(fields.get(0))),
                Long.parseLong(Objects.requireNonNull(fields.get(1))),
                Long.parseLong(Objects.requireNonNull(fields.get(2))),
                fields,
                Objects.requireNonNull(row.get("details_hash", byte[].class)));
    }

    /** The UTC day on which it was recorded. */
    LocalDate day() {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, 86_400_000_000L));
    }

    /** How long before the beginning of a day it was recorded, in microseconds; negative when after that. */
    long microsBefore(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000L - micros;
    }

    byte[] hash(byte[] before, LocalDate day, long seq) {
        MessageDigest digest = sha256();
        digest.update(before);
        field(digest, VERSION);
        field(digest, day.toString());
        field(digest, Long.toString(seq));
        fields.forEach(field -> field(digest, field));
        digest.update(detailsHash);
        return digest.digest();
    }

    /** Whether this stands behind the place in the order of transactions, as PostgreSQL compares ids. */
    boolean isAfter(long otherTxid, UUID other) {
        int order = Long.compareUnsigned(txid, otherTxid);
        if (order == 0) {
            order = Long.compareUnsigned(id.getMostSignificantBits(), other.getMostSignificantBits());
        }
        if (order == 0) {
            order = Long.compareUnsigned(id.getLeastSignificantBits(), other.getLeastSignificantBits());
        }
        return order > 0;
    }

    private static void field(MessageDigest digest, @Nullable String text) {
        if (text == null) {
            digest.update(NULL);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
