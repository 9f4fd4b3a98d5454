/**
 * Format {@code delimited}, and the csv of PostgreSQL's COPY: fields between delimiters of any
 * length. Imports what {@code format} may.
 */
@NullMarked
package io.kadb.format.delimited;

import org.jspecify.annotations.NullMarked;
