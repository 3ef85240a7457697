@NullMarked
package dev.autopilot.local.suite;

import org.jspecify.annotations.NullMarked;
