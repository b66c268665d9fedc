package ai.recruit.kernel;

import java.util.List;

/** A bean of this type adds lines to the block that is printed on standard output once the service is ready. */
@FunctionalInterface
public interface StartupNotice {

    /** Asked once, when the service is ready. Must not block. May be empty. */
    List<String> lines();
}
