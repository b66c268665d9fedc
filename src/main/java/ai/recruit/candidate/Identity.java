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

/**
 * What a person is known again by.
 *
 * @param kind {@code email} or {@code phone}
 * @param value the address in lower case, or the number as E.164
 */
record Identity(String kind, String value) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    /** The identities in a resume, the strongest first. */
    static List<Identity> of(ParsedProfile profile) {
        List<Identity> identities = new ArrayList<>(2);
        String email = profile.email();
        if (email != null && email.indexOf('@') > 0) {
            identities.add(new Identity("email", email.strip().toLowerCase(Locale.ROOT)));
        }
        String phone = profile.phone();
        if (phone != null && E164.matcher(phone).matches()) {
            identities.add(new Identity("phone", phone));
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
