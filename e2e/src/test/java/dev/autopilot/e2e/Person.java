package dev.autopilot.e2e;

import java.util.Map;
import java.util.UUID;

/** Somebody signed up for one test. */
public record Person(String email, String accessToken, Client client) {
  static final String PASSWORD = "an uncommon password indeed";

  public static Person signUp(Client anybody) {
    String email = "someone." + UUID.randomUUID() + "@example.com";
    String token =
        anybody
            .post(
                "/api/auth/register",
                Map.of("email", email, "password", PASSWORD, "name", "Someone"))
            .expect(201)
            .text("accessToken");
    return new Person(email, token, anybody.signedInWith(token));
  }
}
