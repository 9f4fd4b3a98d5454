package io.kadb.format;

import io.kadb.format.RowShape.ValueColumn;

/**
 * A declared column of a table.
 *
 * @param column what its values are to be
 * @param source the part of the message they come from
 */
public record SourcedColumn(ValueColumn column, ColumnSource source) {}
