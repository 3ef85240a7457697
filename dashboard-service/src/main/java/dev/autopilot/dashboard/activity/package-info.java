/** What happened lately, as pages and as a stream. */
@NullMarked
package dev.autopilot.dashboard.activity;

import org.jspecify.annotations.NullMarked;
