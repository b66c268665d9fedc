/**
 * The rights that people have over what is held about them: consent, how long they are kept, all of it to take away, its
 * erasure with a certificate, and a view of their own in which they correct, dispute and withdraw.
 */
@ApplicationModule(
        allowedDependencies = {"kernel", "tenancy", "events", "access", "web", "audit", "person", "candidate"})
@NullMarked
package ai.recruit.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
