/**
 * What every service's tests share: real servers, minted tokens, awaited events, contracts, rules.
 */
@NullMarked
package dev.autopilot.testkit;

import org.jspecify.annotations.NullMarked;
