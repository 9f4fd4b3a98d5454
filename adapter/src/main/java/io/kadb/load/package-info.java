/**
 * Rows into the tables of the warehouse, by COPY, in the transaction of the offsets. Imports {@code
 * scan}, {@code format}, {@code kafka}, {@code store} and what those import.
 */
@NullMarked
package io.kadb.load;

import org.jspecify.annotations.NullMarked;
