/** What a person configures: {@code .env}, addresses, the master key, and where things are kept. */
@NullMarked
package dev.autopilot.local.config;

import org.jspecify.annotations.NullMarked;
