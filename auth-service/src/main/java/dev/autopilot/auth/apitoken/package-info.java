/** Personal access tokens: what a person gives a program to act for them. */
@NullMarked
package dev.autopilot.auth.apitoken;

import org.jspecify.annotations.NullMarked;
