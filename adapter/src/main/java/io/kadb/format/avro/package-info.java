/**
 * Formats {@code avro}, {@code avro_raw} and {@code avro_registry}: records as Avro's specification
 * writes them. Imports what {@code format} may.
 */
@NullMarked
package io.kadb.format.avro;

import org.jspecify.annotations.NullMarked;
