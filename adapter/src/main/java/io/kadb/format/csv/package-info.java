/** Format {@code csv}: records of comma-separated fields. Imports what {@code format} may. */
@NullMarked
package io.kadb.format.csv;

import org.jspecify.annotations.NullMarked;
