package io.kadb.sql;

/**
 * The outcome of a statement that gives no rows.
 *
 * @param count the rows it wrote; 0 for commands
 */
public record UpdateCount(long count) implements Outcome {}
