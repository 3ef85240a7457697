@NullMarked
package dev.autopilot.local.config;

import org.jspecify.annotations.NullMarked;
