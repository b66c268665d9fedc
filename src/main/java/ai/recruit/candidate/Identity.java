package ai.recruit.candidate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person is known again by.
 *
 * @param kind {@code email} or {@code phone}
 * @param value the address in lower case, or the number as E.164
 */
record Identity(String kind, String value) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    /** What people write between the digits of a number. */
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[\\s().-]+");

    /** The identities in a resume, the strongest first. */
    static List<Identity> of(ParsedProfile profile) {
        return of(profile.email(), profile.phone());
    }

    /** The identities of a person with this address and number, the strongest first. */
    static List<Identity> of(@Nullable String email, @Nullable String phone) {
        List<Identity> identities = new ArrayList<>(2);
        if (email != null && email.indexOf('@') > 0) {
            identities.add(new Identity("email", email.strip().toLowerCase(Locale.ROOT)));
        }
        String number = phone == null ? "" : BETWEEN_DIGITS.matcher(phone).replaceAll("");
        if (E164.matcher(number).matches()) {
            identities.add(new Identity("phone", number));
        }
        return identities;
    }

    boolean isPhone() {
        return kind.equals("phone");
    }

    /** The key of the advisory lock that transactions with this identity of this account wait for. */
    long lockKey(UUID ownerId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((ownerId + "|" + kind + "|" + value).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
