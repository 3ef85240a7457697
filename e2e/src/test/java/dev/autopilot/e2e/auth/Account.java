package dev.autopilot.e2e.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Client;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;

/** Somebody with an account, and the tokens of one device of theirs. */
record Account(UUID id, String email, String password, String accessToken, String refreshToken) {
  private static final String PASSWORD = "a long walk by the river";

  static Account register(TwoReplicas replicas) {
    String email = anyEmail();
    return of(register(replicas.one(), email).expect(201), email, PASSWORD);
  }

  static Answer register(Client replica, String email) {
    return replica.post(
        "/api/auth/register", Map.of("email", email, "password", PASSWORD, "name", "Ada"));
  }

  static String anyEmail() {
    return "ada-" + UUID.randomUUID() + "@example.org";
  }

  /** The same person on another device. */
  Account signInAgain(TwoReplicas replicas) {
    return of(signIn(replicas.other()).expect(200), email, password);
  }

  Answer signIn(Client replica) {
    return signIn(replica, password);
  }

  Answer signIn(Client replica, String typed) {
    return replica.post("/api/auth/login", Map.of("email", email, "password", typed));
  }

  Answer signInWithCode(Client replica, String code) {
    return replica.post(
        "/api/auth/login", Map.of("email", email, "password", password, "code", code));
  }

  Answer refresh(Client replica) {
    return refresh(replica, refreshToken);
  }

  static Answer refresh(Client replica, String token) {
    return replica.post("/api/auth/refresh", Map.of("refreshToken", token));
  }

  Client on(Client replica) {
    return replica.signedInWith(accessToken);
  }

  Answer post(Client replica, String call, Map<String, ?> body) {
    return on(replica).post("/api/auth/" + call, body);
  }

  Answer changePassword(Client replica, String next) {
    return post(
        replica, "password/change", Map.of("currentPassword", password, "newPassword", next));
  }

  static Answer reset(Client replica, String mailedToken, String next) {
    return replica.post("/api/auth/password/reset", Map.of("token", mailedToken, "password", next));
  }

  Answer erase(Client replica) {
    return on(replica)
        .send(
            "DELETE",
            "/api/auth/me",
            "application/json",
            BodyPublishers.ofString("{\"password\":\"" + password + "\"}"));
  }

  private static Account of(Answer tokens, String email, String password) {
    JsonNode body = tokens.json();
    return new Account(
        UUID.fromString(body.at("/user/id").textValue()),
        email,
        password,
        body.path("accessToken").textValue(),
        body.path("refreshToken").textValue());
  }
}
