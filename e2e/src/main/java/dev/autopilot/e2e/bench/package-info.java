/** What is fast is measured here, beside a peer in the same run. */
@NullMarked
package dev.autopilot.e2e.bench;

import org.jspecify.annotations.NullMarked;
