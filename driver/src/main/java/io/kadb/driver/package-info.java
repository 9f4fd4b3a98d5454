/**
 * The remote driver. Java 8, needs nothing but the JDK at run time, and shares no class with the
 * other modules. Nothing is null unless it is marked {@code @Nullable}; the package lacks
 * JSpecify's {@code @NullMarked} because javac warns of an annotation whose targets Java 8 does not
 * know.
 */
package io.kadb.driver;
