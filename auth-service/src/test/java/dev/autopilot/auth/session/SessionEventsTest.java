package dev.autopilot.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.auth.Person;
import dev.autopilot.auth.account.UserDeleted;
import dev.autopilot.auth.account.UserRegistered;
import dev.autopilot.auth.attempt.SignInFailed;
import dev.autopilot.events.envelope.DomainEvent;
import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What auth-service tells, held against the contract. */
@QuarkusTest
@WithServers
class SessionEventsTest {

  @Test
  void aWholeLifeIsToldAsTheContractPromises() {
    try (EventProbe events = EventProbe.on("auth.events.v1")) {
      Person ada = Person.register();
      UUID session = ada.sessionId();
      ada.request().post("/api/auth/logout").then().statusCode(204);
      Person again = ada.signInAgain();
      again
          .request()
          .body(Map.of("password", ada.password()))
          .delete("/api/auth/me")
          .then()
          .statusCode(204);

      for (String type :
          new String[] {
            "auth.user.registered",
            "auth.user.signed_in",
            "auth.session.revoked",
            "auth.user.deleted"
          }) {
        EventProbe.Event told =
            events.await(
                type, event -> ada.id().toString().equals(event.attributes().get("userid")));
        Contracts.assertKept(told);
        assertThat(told.attributes()).containsEntry("source", "/auth");
        assertThat(told.key()).isEqualTo(told.attributes().get("subject"));
        assertThat(told.data().get("userId").asText()).isEqualTo(ada.id().toString());
      }
      EventProbe.Event revoked =
          events.await("auth.session.revoked", event -> event.key().equals(session.toString()));
      assertThat(revoked.data().get("reason").asText()).isEqualTo("signed_out");
    }
  }

  @Test
  void aSignInThatFailsIsToldWhetherOrNotThereIsSuchAnAccount() {
    try (EventProbe events = EventProbe.on("auth.events.v1")) {
      Person ada = Person.register();
      Person.signIn(ada.email(), "not the password").then().statusCode(401);
      Person.signIn(Person.anyEmail(), "not the password").then().statusCode(401);

      EventProbe.Event known =
          events.await(
              "auth.sign_in.failed",
              event -> ada.id().toString().equals(event.attributes().get("userid")));
      EventProbe.Event unknown =
          events.await("auth.sign_in.failed", event -> event.attributes().get("userid") == null);
      for (EventProbe.Event told : new EventProbe.Event[] {known, unknown}) {
        Contracts.assertKept(told);
        assertThat(told.data().get("reason").asText()).isEqualTo("invalid_credentials");
        assertThat(told.data().get("method").asText()).isEqualTo("password");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void theGoldenFileIsWhatIsWritten(DomainEvent event) {
    assertThat(EventJson.tree(event)).isEqualTo(Contracts.golden(event.type()).get("data"));
  }

  static Stream<DomainEvent> golden() {
    return Stream.of(
        new UserRegistered(
            id("auth.user.registered", "userId"),
            text("auth.user.registered", "name"),
            text("auth.user.registered", "role")),
        new UserSignedIn(
            id("auth.user.signed_in", "userId"),
            id("auth.user.signed_in", "sessionId"),
            text("auth.user.signed_in", "method")),
        new SessionRevoked(
            id("auth.session.revoked", "userId"),
            id("auth.session.revoked", "sessionId"),
            text("auth.session.revoked", "reason")),
        new SignInFailed(
            id("auth.sign_in.failed", "attemptId"),
            id("auth.sign_in.failed", "userId"),
            text("auth.sign_in.failed", "method"),
            text("auth.sign_in.failed", "reason")),
        new UserDeleted(id("auth.user.deleted", "userId"), 3));
  }

  private static String text(String type, String field) {
    return Contracts.golden(type).get("data").get(field).asText();
  }

  private static UUID id(String type, String field) {
    return UUID.fromString(text(type, field));
  }
}
