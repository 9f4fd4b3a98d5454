/**
 * Benchmarks of single parts, run by JMH: what a row, a value or a frame costs in nanoseconds and
 * in bytes allocated, without brokers and databases.
 */
@NullMarked
package io.kadb.benchmark.micro;

import org.jspecify.annotations.NullMarked;
