package ai.recruit.bench.yardstick;

import java.time.Instant;
import java.util.UUID;

/** Who asks. */
public record Reader(UUID account, String role, UUID session, String keyId, Instant expiresAt) {}
