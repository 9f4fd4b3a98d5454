package io.kadb.store;

import io.kadb.catalog.TableName;
import java.time.Instant;

/**
 * All loads from one foreign table into one target.
 *
 * @param table the name the foreign table had
 * @param target what the rows went into
 * @param loads how many loads there were
 * @param counts how much they were together
 * @param lastFinishedAt when the last row of the last one was written
 */
public record LoadTotal(
    TableName table, String target, long loads, LoadRow.Counts counts, Instant lastFinishedAt) {}
