/** Format {@code json}: objects, and places in them. Imports what {@code format} may. */
@NullMarked
package io.kadb.format.json;

import org.jspecify.annotations.NullMarked;
