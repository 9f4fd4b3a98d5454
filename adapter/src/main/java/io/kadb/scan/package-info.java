/**
 * What a statement reads: offsets, watermarks and predicates become ranges for segments; rows
 * travel in batches. Pure values, no input or output. Imports {@code catalog}, {@code message},
 * {@code error}.
 */
@NullMarked
package io.kadb.scan;

import org.jspecify.annotations.NullMarked;
