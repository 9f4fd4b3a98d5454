/**
 * Job files of gpkafka, versions 1 and 2, read into {@link io.kadb.server.load.LoadJob}. Imports
 * the job and the adapter's {@code option}, {@code format}, {@code type}, {@code catalog} and
 * {@code error}; connects to nothing.
 */
@NullMarked
package io.kadb.server.load.gpkafka;

import org.jspecify.annotations.NullMarked;
