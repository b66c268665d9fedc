package ai.recruit.candidate;

import java.util.UUID;

/**
 * Whom a resume was found to belong to.
 *
 * @param created whether the person was not known before
 */
public record StoredCandidate(UUID id, boolean created) {}
