/**
 * Servers, foreign tables and their columns as plain data. Imports {@code option}, {@code type},
 * {@code error}.
 */
@NullMarked
package io.kadb.catalog;

import org.jspecify.annotations.NullMarked;
