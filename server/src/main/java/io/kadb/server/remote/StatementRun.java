package io.kadb.server.remote;

import java.util.List;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants to be run.
 *
 * @param text the statement; null for the one that was prepared
 * @param parameters the parameters of the one that was prepared
 * @param wanted rows or a count
 * @param maxRows the most rows of the result; 0 or less for all
 * @param frameRows the most rows of a frame; 0 or less for what the statement's settings say
 * @param carrier the socket that takes the first frame
 */
record StatementRun(
    @Nullable String text,
    @Nullable List<@Nullable TypedValue> parameters,
    Wanted wanted,
    long maxRows,
    int frameRows,
    Carrier carrier) {}
