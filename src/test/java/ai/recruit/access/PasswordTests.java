package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.kernel.BlockingBridge;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import reactor.core.publisher.Mono;

class PasswordTests {

    private static final BlockingBridge BRIDGE = new BlockingBridge();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Passwords passwords = new Passwords(BRIDGE);

    @AfterAll
    static void close() {
        BRIDGE.destroy();
    }

    @Test
    void areHashedWithArgon2id() {
        String hash = get(passwords.hash("four unrelated plain words"));
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(get(passwords.verify("four unrelated plain words", hash, false))
                        .matches())
                .isTrue();
        assertThat(get(passwords.verify("four unrelated plain word", hash, false))
                        .matches())
                .isFalse();
        assertThat(get(passwords.verify("anything", null, false)).matches()).isFalse();
    }

    @Test
    void areHashedAnewWhenTheParametersHaveGrown() {
        String weak = Objects.requireNonNull(
                new Argon2PasswordEncoder(16, 32, 1, 4096, 1).encode("four unrelated plain words"));
        Passwords.Verdict verdict = get(passwords.verify("four unrelated plain words", weak, false));
        assertThat(verdict.matches()).isTrue();
        assertThat(verdict.betterHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(get(passwords.verify("wrong", weak, false)).betterHash()).isNull();
    }

    @Test
    void ofNobodyCostAsMuchAsWrongOnes() {
        passwords.prepare().block(PATIENCE);
        String hash = get(passwords.hash("four unrelated plain words"));
        long known = 0;
        long unknown = 0;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            get(passwords.verify("wrong", hash, false));
            long middle = System.nanoTime();
            get(passwords.verify("wrong", null, false));
            known += middle - start;
            unknown += System.nanoTime() - middle;
        }
        assertThat((double) unknown / known).isBetween(0.3, 3.0);
    }

    @Test
    void areTheSameHoweverTheirLettersAreComposed() {
        String hash = get(passwords.hash("caf\u00e9 caf\u00e9 caf\u00e9"));
        assertThat(get(passwords.verify("cafe\u0301 cafe\u0301 cafe\u0301", hash, false))
                        .matches())
                .isTrue();
    }

    @Test
    void thatAreGuessedFirstAreNotTaken() {
        for (String bad : List.of(
                "short",
                "password123",
                "Password2026!",
                "1234567890",
                "9876543210",
                "abcdefghijkl",
                "aaaaaaaaaaaa",
                "qwertyuiop",
                "administrator",
                "person@example.com",
                "персона")) {
            assertThat(PasswordPolicy.complaint(bad, "person@example.com"))
                    .as(bad)
                    .isNotNull();
        }
        for (String good : List.of("four unrelated plain words", "Tr0ub4dor&3x", "кит любит синий чай", "x8#kQ0!vTz")) {
            assertThat(PasswordPolicy.complaint(good, "person@example.com"))
                    .as(good)
                    .isNull();
        }
    }

    private static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }
}
