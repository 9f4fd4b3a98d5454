/** Programs that measure kadb side by side with something simpler, on one machine, in one run. */
@NullMarked
package io.kadb.benchmark;

import org.jspecify.annotations.NullMarked;
