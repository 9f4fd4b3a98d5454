package io.kadb.sql;

import io.kadb.load.LoadWatch;

/**
 * Where a load says that its rows go.
 *
 * @param name what {@code kadb.loads} names
 * @param watch is told how far the load has come
 */
public record WarehouseTarget(String name, LoadWatch watch) {}
