package ai.recruit.access;

import ai.recruit.kernel.StartupFailure;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.r2dbc.spi.Readable;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The keys that tokens are signed with. At every moment two of them live: the one that signs, and the one that will sign
 * next, which is published long before its first token, so that no reader of the key set meets a key it has not seen. The
 * one before stays published until its last token has ended.
 *
 * <p>Any node rotates, under an advisory lock; when a key begins to sign is a time in its row, so the nodes need not talk.
 */
@Component
class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration RELOAD_AT_MOST_EVERY = Duration.ofSeconds(2);

    private final TenantTransactions transactions;
    private final DatabaseClient database;
    private final Secrets secrets;
    private final AccessProperties properties;
    private final Clock clock;
    private final Mono<Void> reload;

    private volatile List<SigningKey> keys = List.of();

    SigningKeys(
            TenantTransactions transactions,
            DatabaseClient database,
            Secrets secrets,
            AccessProperties properties,
            Clock clock) {
        this.transactions = transactions;
        this.database = database;
        this.secrets = secrets;
        this.properties = properties;
        this.clock = clock;
        // Whoever comes with an unknown key waits for one common reload, and the next one is not before a while.
        this.reload = Mono.defer(
                        () -> transactions.mono(Tenant.system(), () -> load().doOnNext(loaded -> keys = loaded)))
                .cache(loaded -> RELOAD_AT_MOST_EVERY, failure -> Duration.ZERO, () -> RELOAD_AT_MOST_EVERY)
                .then();
    }

    /** The key that signs now. */
    SigningKey signing() {
        Instant now = clock.instant();
        return keys.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .max(Comparator.comparing(SigningKey::signsFrom))
                .orElseThrow(() -> new IllegalStateException("The signing keys are not loaded yet"));
    }

    /** The key that a token names, among those whose tokens may still live. */
    Optional<SigningKey> find(String kid) {
        // Asked for every request.
        for (SigningKey key : keys) {
            if (key.kid().equals(kid) && isPublished(key, clock.instant())) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** Every key whose tokens may be met now or soon. */
    List<SigningKey> published() {
        Instant now = clock.instant();
        return keys.stream().filter(key -> isPublished(key, now)).toList();
    }

    private static boolean isPublished(SigningKey key, Instant now) {
        return key.retiresAt() == null || key.retiresAt().isAfter(now);
    }

    /** Reads the keys again, unless that has just been done. */
    Mono<Void> reload() {
        return reload;
    }

    /** Reads the keys, and makes and retires what is due. */
    Mono<Void> maintain() {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> load().flatMap(loaded ->
                                isDue(loaded) ? lock().then(load()).flatMap(this::rotate) : Mono.just(loaded)))
                .doOnNext(loaded -> keys = loaded)
                .then();
    }

    /** Lets the next key sign at once, as after a key may have become known to somebody. */
    Mono<Void> rotateNow() {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> lock().then(database.sql("""
                                        update signing_key set signs_from = :now
                                        where id = (select id from signing_key where signs_from > :now order by signs_from limit 1)
                                        """)
                                        .bind("now", clock.instant())
                                        .then())
                                .then(load())
                                .flatMap(this::rotate))
                .doOnNext(loaded -> keys = loaded)
                .then();
    }

    private boolean isDue(List<SigningKey> loaded) {
        Instant now = clock.instant();
        Instant signing = loaded.stream()
                .map(SigningKey::signsFrom)
                .filter(from -> !from.isAfter(now))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return loaded.stream().noneMatch(key -> key.signsFrom().isAfter(now))
                || signing.equals(Instant.MAX)
                || loaded.stream()
                        .filter(key -> key.signsFrom().isBefore(signing))
                        .anyMatch(key ->
                                key.retiresAt() == null || !key.retiresAt().isAfter(now));
    }

    private Mono<List<SigningKey>> rotate(List<SigningKey> loaded) {
        if (!isDue(loaded)) {
            return Mono.just(loaded);
        }
        Instant now = clock.instant();
        List<Mono<Void>> changes = new ArrayList<>();
        Optional<SigningKey> signing = loaded.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .max(Comparator.comparing(SigningKey::signsFrom));
        if (signing.isEmpty()) {
            changes.add(insert(now));
        }
        if (loaded.stream().noneMatch(key -> key.signsFrom().isAfter(now))) {
            changes.add(insert(now.plus(properties.keyRotation())));
        }
        signing.ifPresent(key -> {
            changes.add(retireBefore(key.signsFrom(), now));
            changes.add(deleteRetired(now));
        });
        log.info("Signing keys rotated");
        return Flux.concat(changes).then(load());
    }

    private Mono<Void> retireBefore(Instant signsFrom, Instant now) {
        return database.sql(
                        "update signing_key set retires_at = :ends where signs_from < :signs_from and retires_at is null")
                .bind("signs_from", signsFrom)
                .bind(
                        "ends",
                        now.plus(properties.tokenLifetime())
                                .plus(properties.clockSkew().multipliedBy(2)))
                .then();
    }

    private Mono<Void> deleteRetired(Instant now) {
        return database.sql("delete from signing_key where retires_at < :now")
                .bind("now", now)
                .then();
    }

    private Mono<Void> lock() {
        return database.sql("select pg_advisory_xact_lock(hashtext('signing_key'))")
                .then();
    }

    private Mono<Void> insert(Instant signsFrom) {
        UUID id = UuidV7.next(clock);
        ECKey key = generate(id);
        return database.sql("""
                        insert into signing_key (id, public_jwk, sealed_private_jwk, created_at, signs_from)
                        values (:id, :public_jwk, :sealed, :created_at, :signs_from)
                        """)
                .bind("id", id)
                .bind("public_jwk", key.toPublicJWK().toJSONString())
                .bind("sealed", secrets.seal(id, key.toJSONString()))
                .bind("created_at", clock.instant())
                .bind("signs_from", signsFrom)
                .then();
    }

    private static ECKey generate(UUID id) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(id.toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Mono<List<SigningKey>> load() {
        return database.sql(
                        "select id, sealed_private_jwk, signs_from, retires_at from signing_key order by signs_from")
                .map(this::read)
                .all()
                .collectList();
    }

    private SigningKey read(Readable row) {
        UUID id = Objects.requireNonNull(row.get("id", UUID.class));
        @Nullable String sealed = row.get("sealed_private_jwk", String.class);
        String jwk = secrets.open(id, Objects.requireNonNull(sealed))
                .orElseThrow(() -> new StartupFailure(
                        "SECRET_KEY does not open the signing keys in this database. Set the SECRET_KEY that they were"
                                + " made with (or name it in SECRET_KEY_PREVIOUS); if it is lost, empty the table"
                                + " signing_key, which ends every login."));
        try {
            ECKey key = ECKey.parse(jwk);
            return new SigningKey(
                    id,
                    key.toPublicJWK(),
                    new ECDSAVerifier(key),
                    new ECDSASigner(key),
                    Objects.requireNonNull(row.get("signs_from", Instant.class)),
                    row.get("retires_at", Instant.class));
        } catch (ParseException | JOSEException damaged) {
            throw new IllegalStateException("Signing key " + id + " is damaged", damaged);
        }
    }
}
