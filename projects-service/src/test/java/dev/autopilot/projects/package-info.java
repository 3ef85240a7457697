@NullMarked
package dev.autopilot.projects;

import org.jspecify.annotations.NullMarked;
