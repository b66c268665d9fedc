package ai.recruit.privacy;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody is to be erased.
 *
 * @param cause {@code request_of_person} (without it), {@code consent_withdrawn}, {@code no_longer_needed},
 *     {@code unlawful} or {@code mistake}
 */
@Schema(example = "{\"cause\": \"request_of_person\"}")
record NewErasure(@Nullable String cause) {}
