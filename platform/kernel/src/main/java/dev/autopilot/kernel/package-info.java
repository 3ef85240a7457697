/** What every deployable shares without a database and without a noun of any domain. */
@NullMarked
package dev.autopilot.kernel;

import org.jspecify.annotations.NullMarked;
