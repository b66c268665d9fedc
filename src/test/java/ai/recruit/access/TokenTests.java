package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.Problem;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class TokenTests extends AccessTest {

    @Autowired
    private SigningKeys keys;

    @Test
    void carriesWhatItSays() throws Exception {
        TestAccount account = accounts.recruiter();
        SignedJWT token = SignedJWT.parse(account.token());
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(token.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(account.publicId());
        assertThat(claims.getIssuer()).isEqualTo("recruit-ai");
        assertThat(claims.getAudience()).containsExactly("recruit-api");
        assertThat(claims.getStringClaim("role")).isEqualTo("recruiter");
        assertThat(claims.getStringClaim("sid"))
                .isEqualTo(account.caller().sessionId().toString());
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void isVerifiedByWhoeverReadsThePublishedKeys() throws Exception {
        SignedJWT token = SignedJWT.parse(accounts.recruiter().token());
        String published = Objects.requireNonNull(http.get()
                .uri("/.well-known/jwks.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "max-age=300, public")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        JWKSet set = JWKSet.parse(published);
        assertThat(set.getKeys()).hasSizeGreaterThanOrEqualTo(2).noneMatch(key -> key.isPrivate());
        assertThat(published).doesNotContain("\"d\"");
        ECKey key = set.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
        assertThat(token.verify(new com.nimbusds.jose.crypto.ECDSAVerifier(key)))
                .isTrue();
    }

    @Test
    void isRefusedWithoutASignature() {
        TestAccount account = accounts.admin();
        refusedToken(new PlainJWT(claims(account, builder -> {}).build()).serialize());
        // A signed token whose signature is cut off.
        refusedToken(account.token().substring(0, account.token().lastIndexOf('.') + 1));
    }

    @Test
    void isRefusedWhenItIsSignedWithThePublicKeyAsAPassword() throws Exception {
        TestAccount account = accounts.admin();
        SigningKey key = keys.signing();
        byte[] publicKey = key.publicJwk().toJSONString().getBytes(StandardCharsets.UTF_8);
        byte[] encoded = key.publicJwk().toECPublicKey().getEncoded();
        for (byte[] secret : List.of(publicKey, encoded)) {
            refusedToken(sign(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(key.kid())
                            .build(),
                    claims(account, builder -> {}).build(),
                    new MACSigner(secret)));
        }
    }

    @Test
    void isRefusedWithAForeignKeyUnderAKnownName() throws Exception {
        TestAccount account = accounts.admin();
        ECKey foreign =
                new ECKeyGenerator(Curve.P_256).keyID(keys.signing().kid()).generate();
        refusedToken(
                sign(header(foreign.getKeyID()), claims(account, builder -> {}).build(), new ECDSASigner(foreign)));
    }

    @Test
    void isRefusedWithAnUnknownKeyAndWithAKeyItBringsAlong() throws Exception {
        TestAccount account = accounts.admin();
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("foreign").generate();
        refusedToken(sign(header("foreign"), claims(account, builder -> {}).build(), new ECDSASigner(foreign)));
        refusedToken(sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .jwk(foreign.toPublicJWK())
                        .keyID("foreign")
                        .build(),
                claims(account, builder -> {}).build(),
                new ECDSASigner(foreign)));
        refusedToken(sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims(account, builder -> {}).build(),
                new ECDSASigner(foreign)));
    }

    @Test
    void isRefusedForAnotherAudienceOrFromAnotherIssuer() {
        TestAccount account = accounts.admin();
        refusedToken(own(account, builder -> builder.audience("another")));
        refusedToken(own(account, builder -> builder.issuer("another")));
        refusedToken(own(account, builder -> builder.audience((String) null)));
        me(own(account, builder -> {})).expectStatus().isOk();
    }

    @Test
    void isRefusedAfterItsEndButForASmallSkew() {
        TestAccount account = accounts.admin();
        Instant now = Instant.now();
        refusedToken(own(account, builder -> builder.expirationTime(Date.from(now.minusSeconds(40)))));
        me(own(account, builder -> builder.expirationTime(Date.from(now.minusSeconds(10)))))
                .expectStatus()
                .isOk();
        refusedToken(own(account, builder -> builder.issueTime(Date.from(now.plusSeconds(120)))));
        refusedToken(own(account, builder -> builder.expirationTime(null)));
    }

    @Test
    void isRefusedWhenItIsOfAnotherType() throws Exception {
        TestAccount account = accounts.admin();
        SigningKey key = keys.signing();
        refusedToken(sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.kid())
                        .build(),
                claims(account, builder -> {}).build(),
                key.signer()));
    }

    @Test
    void isRefusedWithARoleOrASubjectThatDoesNotExist() {
        TestAccount account = accounts.admin();
        refusedToken(own(account, builder -> builder.claim("role", "owner")));
        refusedToken(own(account, builder -> builder.subject("somebody")));
        refusedToken(own(account, builder -> builder.claim("sid", "none")));
    }

    @Test
    void isRefusedWhenItIsChanged() {
        TestAccount account = accounts.recruiter();
        String[] parts = account.token().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("recruiter", "admin");
        refusedToken(parts[0]
                + '.'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + '.'
                + parts[2]);
    }

    @Test
    void isAskedForWithWordsThatHelp() {
        JsonNode answer = json(http.get().uri("/api/v1/auth/me").exchange(), HttpStatus.UNAUTHORIZED);
        assertThat(answer.path("error").path("code").asString()).isEqualTo("INVALID_TOKEN");
        assertThat(answer.path("error").path("message").asString()).contains("POST /api/v1/auth/login");
        http.get()
                .uri("/api/v1/auth/me")
                .header(HttpHeaders.AUTHORIZATION, "Basic YTpi")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        for (String junk : List.of("x", "a.b.c", "....", "x".repeat(5000))) {
            refusedToken(junk);
        }
    }

    @Test
    void goesOnAfterTheKeysRotate() {
        TestAccount account = accounts.recruiter();
        String before = keys.signing().kid();
        String next = keys.published().stream()
                .filter(key -> key.signsFrom().isAfter(Instant.now()))
                .findFirst()
                .orElseThrow()
                .kid();
        keys.rotateNow().block(Duration.ofSeconds(10));
        assertThat(keys.signing().kid()).isEqualTo(next).isNotEqualTo(before);
        me(account.token()).expectStatus().isOk();
        me(accounts.recruiter().token()).expectStatus().isOk();
        JsonNode published = json(http.get().uri("/.well-known/jwks.json").exchange(), HttpStatus.OK);
        assertThat(published
                        .path("keys")
                        .valueStream()
                        .map(key -> key.path("kid").asString()))
                .contains(before, next)
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(keys.find(before).orElseThrow().retiresAt()).isNotNull();
    }

    @Test
    void isReadByANodeThatHasNotSeenItsKeyYet(
            @Autowired ai.recruit.tenancy.TenantTransactions transactions,
            @Autowired org.springframework.r2dbc.core.DatabaseClient database,
            @Autowired Secrets secrets,
            @Autowired AccessProperties properties,
            @Autowired java.time.Clock clock) {
        SigningKeys elsewhere = new SigningKeys(transactions, database, secrets, properties, clock);
        Mono<Caller> read = new Tokens(elsewhere, properties, clock)
                .read(accounts.recruiter().token());
        assertThat(read.block(Duration.ofSeconds(10))).isNotNull();
    }

    @Test
    void keepsThePrivateKeysSealed(
            @Autowired ai.recruit.tenancy.TenantTransactions transactions,
            @Autowired org.springframework.r2dbc.core.DatabaseClient database) {
        List<String> stored = transactions
                .flux(
                        ai.recruit.tenancy.Tenant.system(),
                        () -> database.sql("select row_to_json(k)::text as row from signing_key k")
                                .map(row -> Objects.requireNonNull(row.get("row", String.class)))
                                .all())
                .collectList()
                .block(Duration.ofSeconds(10));
        assertThat(stored).isNotEmpty().noneMatch(row -> row.contains("\\\"d\\\""));
    }

    private void refusedToken(String token) {
        refused(me(token), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    /** A token that this service might have issued, with one thing changed. */
    private String own(TestAccount account, Consumer<JWTClaimsSet.Builder> change) {
        SigningKey key = keys.signing();
        return sign(header(key.kid()), claims(account, change).build(), key.signer());
    }

    private static JWSHeader header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
    }

    private static JWTClaimsSet.Builder claims(TestAccount account, Consumer<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer("recruit-ai")
                .audience("recruit-api")
                .subject(account.publicId())
                .claim("role", "admin")
                .claim("sid", account.caller().sessionId().toString())
                .issueTime(Date.from(now.minusSeconds(60)))
                .expirationTime(Date.from(now.plusSeconds(600)));
        change.accept(builder);
        return builder;
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }

    @Test
    void isRefusedAfterItsEndAlsoWhenItWasReadBefore(@Autowired AccessProperties properties) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        Tokens tokens = new Tokens(keys, properties, clock);
        TestAccount account = accounts.recruiter();
        for (int times = 0; times < 3; times++) {
            assertThat(tokens.read(account.token()).block()).isNotNull();
        }
        now.set(now.get()
                .plus(properties.tokenLifetime())
                .plus(properties.clockSkew())
                .plusSeconds(1));
        StepVerifier.create(tokens.read(account.token()))
                .expectError(Problem.class)
                .verify(Duration.ofSeconds(5));
    }
}
