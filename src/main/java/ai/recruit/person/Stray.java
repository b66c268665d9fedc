package ai.recruit.person;

import java.util.UUID;

/**
 * What may be about somebody and is tied to nobody, such as a file that could not be read.
 *
 * @param ownerId the account that owns it
 * @param id its public id
 */
public record Stray(UUID ownerId, String id) {}
