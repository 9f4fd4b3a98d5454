/**
 * The server as HTTP shows it: port, TLS, logins, paths, limits of requests, health, metrics.
 * Imports {@code remote} and {@code remote.config}; the only importer of Jetty.
 */
@NullMarked
package io.kadb.server.remote.http;

import org.jspecify.annotations.NullMarked;
