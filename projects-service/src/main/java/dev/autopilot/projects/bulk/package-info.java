/** Many records in one request. */
@NullMarked
package dev.autopilot.projects.bulk;

import org.jspecify.annotations.NullMarked;
