/** A small service for the tests to run: notes that can be written, and a handler that listens. */
@NullMarked
package dev.autopilot.events.testapp;

import org.jspecify.annotations.NullMarked;
