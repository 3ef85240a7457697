@NullMarked
package dev.autopilot.local.command;

import org.jspecify.annotations.NullMarked;
