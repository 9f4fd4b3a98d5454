package io.kadb.message;

import org.jspecify.annotations.Nullable;

/** One header of a message: a key, which may occur several times, and bytes or null. */
public record Header(String key, byte @Nullable [] value) {}
