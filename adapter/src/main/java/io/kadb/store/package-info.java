/**
 * The database that keeps definitions and offsets: PostgreSQL, Greenplum or SQLite, behind one
 * interface, with transactions and compare-and-set. The only importer of JDBC drivers of stores.
 * Imports {@code catalog} and what that imports, and {@code message}.
 */
@NullMarked
package io.kadb.store;

import org.jspecify.annotations.NullMarked;
