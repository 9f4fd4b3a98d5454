/** Format {@code text}: one message, one row, one column. Imports what {@code format} may. */
@NullMarked
package io.kadb.format.text;

import org.jspecify.annotations.NullMarked;
