/** Format {@code binary}: one message, one row, its bytes. Imports what {@code format} may. */
@NullMarked
package io.kadb.format.binary;

import org.jspecify.annotations.NullMarked;
