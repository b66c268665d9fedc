@NullMarked
package ai.recruit;

import org.jspecify.annotations.NullMarked;
