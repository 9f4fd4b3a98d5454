/**
 * Fuzz tests of everything that reads foreign bytes, by Jazzer. In an ordinary build each runs on
 * its kept inputs; with {@code JAZZER_FUZZ=1} one of them looks for new ones. Inputs that once
 * failed are kept under {@code src/test/resources/io/kadb/fuzz}.
 */
@NullMarked
package io.kadb.fuzz;

import org.jspecify.annotations.NullMarked;
