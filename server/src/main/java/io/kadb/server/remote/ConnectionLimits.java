package io.kadb.server.remote;

import java.time.Duration;

/**
 * What a client may have.
 *
 * @param connections the most connections of all clients
 * @param statements the most open statements of a connection
 * @param statementTime the longest time limit of a statement; zero for none
 * @param idleResult after which time without a request a result is given up
 * @param idleConnection after which time without a request a connection is closed
 * @param frames sizes and times of frames
 */
public record ConnectionLimits(
    int connections,
    int statements,
    Duration statementTime,
    Duration idleResult,
    Duration idleConnection,
    FrameLimits frames) {}
