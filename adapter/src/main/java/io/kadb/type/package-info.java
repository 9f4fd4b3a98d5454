/**
 * SQL column types, PostgreSQL's rules for reading and writing their text, and the values a row
 * holds. Imports {@code error}.
 */
@NullMarked
package io.kadb.type;

import org.jspecify.annotations.NullMarked;
