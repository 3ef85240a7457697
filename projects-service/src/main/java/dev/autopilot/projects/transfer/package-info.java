/** Import and export of whole databases. */
@NullMarked
package dev.autopilot.projects.transfer;

import org.jspecify.annotations.NullMarked;
