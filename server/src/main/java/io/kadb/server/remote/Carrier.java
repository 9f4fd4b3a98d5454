package io.kadb.server.remote;

/** The socket that a request came by and its answer goes back by. Equal for the same socket. */
public interface Carrier {
  /** Returns whether both sides still hold it, as far as the server knows. */
  boolean isOpen();
}
