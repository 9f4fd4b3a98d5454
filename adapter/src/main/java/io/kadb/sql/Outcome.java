package io.kadb.sql;

/** What running a statement gives: rows or a count. */
public sealed interface Outcome permits Rows, UpdateCount {}
