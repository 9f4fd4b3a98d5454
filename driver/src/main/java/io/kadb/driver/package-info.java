/**
 * The remote driver: its URLs, properties, and the way in. Java 8; its jar needs nothing but the
 * JDK at run time, and shares no class with the other modules. May import every package below it.
 * Nothing is null unless it is marked {@code @Nullable}; the package lacks JSpecify's
 * {@code @NullMarked} because javac warns of an annotation whose targets Java 8 does not know.
 */
package io.kadb.driver;
