/** What every HTTP exchange has: a request id, strict JSON, entity tags. */
@NullMarked
package dev.autopilot.kernel.web;

import org.jspecify.annotations.NullMarked;
