package io.kadb.server.remote;

import java.util.Optional;

/**
 * Who sends a request, and what the request says of itself besides its message.
 *
 * @param user the user's name as the server found it out; empty where it asks for none
 * @param requestId what a client gives the same message when it sends it again
 * @param wanted what the program expects of the statement that is run
 * @param carrier the socket it came by
 * @param departure that the sender goes away while the request is served
 */
public record Caller(
    String user, Optional<String> requestId, Wanted wanted, Carrier carrier, Departure departure) {}
