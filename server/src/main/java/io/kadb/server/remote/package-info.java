/**
 * What the server does for remote clients, whatever carries the messages: connections, statements,
 * results in frames, and Avatica's messages. Imports {@code io.kadb.jdbc} and what that gives;
 * imported by {@code remote.http}.
 */
@NullMarked
package io.kadb.server.remote;

import org.jspecify.annotations.NullMarked;
