@NullMarked
package dev.autopilot.embedded;

import org.jspecify.annotations.NullMarked;
