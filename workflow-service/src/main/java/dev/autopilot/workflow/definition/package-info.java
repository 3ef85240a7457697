/** Workflows as their authors write them: checked, in versions that never change. */
@NullMarked
package dev.autopilot.workflow.definition;

import org.jspecify.annotations.NullMarked;
