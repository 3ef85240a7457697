/**
 * Brings the build up to date. On a fresh clone {@code ./autopilot} runs this package from its
 * sources, before anything is built: it uses nothing but the JDK, not even the annotations for
 * null.
 */
@NullMarked
package dev.autopilot.local.build;

import org.jspecify.annotations.NullMarked;
