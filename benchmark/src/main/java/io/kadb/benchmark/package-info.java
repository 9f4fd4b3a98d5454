/** The laboratory: measures kadb next to what one would use instead, on one machine, in one run. */
@NullMarked
package io.kadb.benchmark;

import org.jspecify.annotations.NullMarked;
