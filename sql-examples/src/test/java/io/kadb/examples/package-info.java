/** Runs what the examples and the README say, by the command line, against real servers. */
@NullMarked
package io.kadb.examples;

import org.jspecify.annotations.NullMarked;
