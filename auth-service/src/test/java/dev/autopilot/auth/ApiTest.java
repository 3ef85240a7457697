package dev.autopilot.auth;

import dev.autopilot.testkit.ApiContract;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
@WithServers
class ApiTest implements ApiContract {
  @Override
  public List<String> open() {
    return List.of(
        "GET /.well-known/jwks.json",
        "POST /api/auth/register",
        "POST /api/auth/login",
        "POST /api/auth/refresh",
        "POST /api/auth/password/forgot",
        "POST /api/auth/password/reset",
        "POST /api/auth/email/verify",
        "GET /api/auth/oidc/providers",
        "GET /api/auth/oidc/{provider}/login",
        "GET /api/auth/oidc/{provider}/callback",
        "POST /api/auth/oidc/token");
  }

  /** A token is not enough here: it has to be of a session that there is. */
  @Override
  public String somebody() {
    return Person.register().accessToken();
  }
}
