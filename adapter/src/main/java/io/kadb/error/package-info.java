/**
 * What goes wrong and what is worth saying: codes with SQLStates, the one exception, notices.
 * Imports nothing of kadb.
 */
@NullMarked
package io.kadb.error;

import org.jspecify.annotations.NullMarked;
