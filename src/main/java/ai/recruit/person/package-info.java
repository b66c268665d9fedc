/**
 * What features hold about a person, so that all of it can be shown and all of it can be erased. Each feature with
 * personal data has a bean of {@link ai.recruit.person.PersonalData}; no feature knows of the others.
 */
@ApplicationModule(allowedDependencies = {"kernel", "tenancy"})
@NullMarked
package ai.recruit.person;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
