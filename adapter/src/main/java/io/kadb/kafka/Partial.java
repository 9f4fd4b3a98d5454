package io.kadb.kafka;

import io.kadb.error.KadbException;
import java.util.Optional;

/**
 * What was found out, and why that is not all of it.
 *
 * @param found what was found out; perhaps nothing
 * @param failure the first thing that went wrong; empty if nothing is missing
 */
public record Partial<T>(T found, Optional<KadbException> failure) {}
