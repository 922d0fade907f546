/** The part of {@code ./tandem start} that is written in Java. It depends on nothing but the JDK. */
package dev.tandem.launcher;
