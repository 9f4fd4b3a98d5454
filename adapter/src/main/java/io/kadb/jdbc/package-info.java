/**
 * The driver of {@code jdbc:kadb:}: connections, statements, results, metadata, SQLStates. Imports
 * {@code sql} and what that imports.
 */
@NullMarked
package io.kadb.jdbc;

import org.jspecify.annotations.NullMarked;
