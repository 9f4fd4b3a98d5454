/** The server's options: one list of them, and where their values come from. */
@NullMarked
package io.kadb.server.remote.config;

import org.jspecify.annotations.NullMarked;
