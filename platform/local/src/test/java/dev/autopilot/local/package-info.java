@NullMarked
package dev.autopilot.local;

import org.jspecify.annotations.NullMarked;
