package dev.autopilot.testkit;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What is asked of every service's API, as tests. A service's own is a few lines:
 *
 * <pre>{@code
 * @QuarkusTest
 * @WithServers
 * class ApiTest implements ApiContract {
 *   public List<String> open() {
 *     return List.of("GET /api/health");
 *   }
 * }
 * }</pre>
 */
public interface ApiContract {
  /** The operations that answer without a token, such as {@code "POST /api/auth/login"}. */
  List<String> open();

  /** An access token of somebody who may do everything and has nothing yet. */
  default String somebody() {
    return Tokens.forUser(UUID.randomUUID()).admin().mint();
  }

  @Test
  default void isTheOneThatWasReviewed() {
    PublishedApi.assertReviewed();
  }

  @Test
  default void isClosedToStrangers() {
    Refusals.strangersReachOnly(open());
  }

  @Test
  default void takesNoMalformedBodies() {
    Refusals.malformedBodiesAreRefused(somebody());
  }

  @Test
  default void takesNoBodiesOfAnotherShape() {
    Refusals.bodiesOfAnotherShapeAreRefused(somebody());
  }

  @Test
  default void givesNoPagesThatItNeverOffered() {
    Refusals.pagesThatNobodyGaveOutAreRefused(somebody());
  }

  @Test
  default void knowsNoIdsOfNobody() {
    Refusals.unknownIdsAreNotFound(somebody());
  }
}
