/** What can be told of the devices that people sign in with, and whether they are new. */
@NullMarked
package dev.autopilot.auth.device;

import org.jspecify.annotations.NullMarked;
