/** What is deleted is erased in the end. */
@NullMarked
package dev.autopilot.projects.erasure;

import org.jspecify.annotations.NullMarked;
