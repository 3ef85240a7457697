/** The guarded client for addresses that people type in. */
@NullMarked
package dev.autopilot.kernel.http;

import org.jspecify.annotations.NullMarked;
