/** The filter and sort language: text to a typed tree, checked against a schema. */
@NullMarked
package dev.autopilot.projects.query;

import org.jspecify.annotations.NullMarked;
