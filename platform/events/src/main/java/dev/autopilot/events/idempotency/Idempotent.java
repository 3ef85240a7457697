package dev.autopilot.events.idempotency;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a POST resource method that returns {@link jakarta.ws.rs.core.Response} and takes JSON: a
 * request with an {@code Idempotency-Key} has its effect once, and its answer is given again, with
 * {@code Idempotency-Replayed: true}, for 24 hours.
 *
 * <p>The use case joins a transaction that this begins, so effect and answer commit together. A
 * refusal (400 and above, or an exception) rolls back and is not kept: the client may mend what was
 * wrong and send the same key again. Keys are the caller's own. A request without the header costs
 * nothing.
 */
@InterceptorBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {
  /** Seconds that the transaction may take; 0 is as long as any other. */
  @Nonbinding
  int timeout() default 0;
}
