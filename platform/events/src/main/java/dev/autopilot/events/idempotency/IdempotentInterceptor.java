package dev.autopilot.events.idempotency;

import dev.autopilot.kernel.identity.Identity;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Outside of {@code @Transactional}: the transaction is begun here and joined there. */
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 150)
class IdempotentInterceptor {
  private final HttpHeaders headers;
  private final Identity identity;
  private final Fingerprints fingerprints;
  private final AnswerOnce answerOnce;

  IdempotentInterceptor(
      HttpHeaders headers, Identity identity, Fingerprints fingerprints, AnswerOnce answerOnce) {
    this.headers = headers;
    this.identity = identity;
    this.fingerprints = fingerprints;
    this.answerOnce = answerOnce;
  }

  @AroundInvoke
  @Nullable Object around(InvocationContext call) throws Exception {
    if (call.getMethod().getReturnType() != Response.class) {
      throw new IllegalStateException(
          "%s is @Idempotent and must return a Response".formatted(call.getMethod()));
    }
    String offered = headers.getHeaderString(IdempotencyKey.HEADER);
    if (offered == null) {
      return call.proceed();
    }
    IdempotencyKey key = new IdempotencyKey(identity.caller().userId(), offered);
    int timeout = call.getInterceptorBinding(Idempotent.class).timeout();
    return answerOnce.answer(key, fingerprints.of(call), timeout, () -> (Response) call.proceed());
  }
}
