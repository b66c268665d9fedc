package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.recruit.kernel.Hashes;
import ai.recruit.kernel.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class SecretsTests {

    private static final Clock CLOCK = Clock.systemUTC();

    private final Secrets secrets = new Secrets(CLOCK, "a secret of many characters", null);

    /** The vectors of the Fernet specification, generate.json and verify.json. */
    @Test
    void writesFernetTokens() {
        byte[] key = Base64.getUrlDecoder().decode("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=");
        byte[] iv = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        String token =
                "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
        assertThat(Secrets.fernet(key, 499162800L, iv, "hello")).isEqualTo(token);
        assertThat(Secrets.unfernet(key, token)).contains("hello");
    }

    @Test
    void opensInItsOwnRowOnly() {
        UUID row = UUID.randomUUID();
        String sealed = secrets.seal(row, "text");
        assertThat(sealed).doesNotContain("text").startsWith("gAAAA");
        assertThat(secrets.open(row, sealed)).contains("text");
        assertThat(secrets.open(UUID.randomUUID(), sealed)).isEmpty();
        assertThat(new Secrets(CLOCK, "another secret", null).open(row, sealed)).isEmpty();
    }

    @Test
    void opensWhatWasSealedUnderTheSecretOfBefore() {
        UUID row = UUID.randomUUID();
        String sealed = secrets.seal(row, "text");
        assertThat(new Secrets(CLOCK, "another secret", "a secret of many characters").open(row, sealed))
                .contains("text");
    }

    @Test
    void opensWhatWasSealedUnderThePlainKey() {
        byte[] plain = Hashes.sha256("a secret of many characters");
        String sealed = Secrets.fernet(plain, 0, new byte[16], "text");
        assertThat(secrets.open(UUID.randomUUID(), sealed)).contains("text");
    }

    @Test
    void doesNotOpenWhatIsDamaged() {
        UUID row = UUID.randomUUID();
        byte[] sealed = Base64.getUrlDecoder().decode(secrets.seal(row, "text"));
        for (int i = 0; i < sealed.length; i++) {
            byte[] damaged = sealed.clone();
            damaged[i] ^= 1;
            assertThat(secrets.open(row, Base64.getUrlEncoder().encodeToString(damaged)))
                    .as("byte %d", i)
                    .isEmpty();
        }
        assertThat(secrets.open(row, "no token")).isEmpty();
        assertThat(secrets.open(row, "")).isEmpty();
    }

    @Test
    void makesItsOwnKeyOnceBesideItsOwnDatabase(@TempDir Path folder) throws IOException {
        MockEnvironment environment = new MockEnvironment().withProperty("recruit.data-dir", folder.toString());
        String key = SecretKey.resolve("", environment);
        assertThat(key).hasSizeGreaterThan(40);
        assertThat(SecretKey.resolve(null, environment)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.key"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        assertThat(SecretKey.resolve("configured", environment)).isEqualTo("configured");
    }

    @Test
    void asksForAKeyBesideAnExternalDatabase(@TempDir Path folder) {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("recruit.data-dir", folder.toString())
                .withProperty("DATABASE_URL", "postgresql://somewhere/recruit");
        assertThatThrownBy(() -> SecretKey.resolve("", environment))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("SECRET_KEY")
                .hasMessageNotContaining("\n");
        assertThat(SecretKey.resolve("configured", environment)).isEqualTo("configured");
    }
}
