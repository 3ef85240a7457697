/**
 * Real PostgreSQL and real Apache Kafka as child processes, from their Maven artifacts, with data
 * that survives a restart. Children never outlive their parent (see {@link
 * dev.autopilot.embedded.Child}).
 */
@NullMarked
package dev.autopilot.embedded;

import org.jspecify.annotations.NullMarked;
