@NullMarked
package dev.autopilot.local.build;

import org.jspecify.annotations.NullMarked;
