/** One OpenAPI document made of those of all services. */
@NullMarked
package dev.autopilot.gateway.document;

import org.jspecify.annotations.NullMarked;
