/**
 * Logins, encryption and rights against a real broker, through SQL as a user writes it. Classes
 * that end in {@code KerberosIT} need a JVM of their own.
 */
@NullMarked
package io.kadb.security;

import org.jspecify.annotations.NullMarked;
