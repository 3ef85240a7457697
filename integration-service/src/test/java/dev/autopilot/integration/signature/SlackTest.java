package dev.autopilot.integration.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.integration.Sender;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is of Slack's documentation, “Verifying requests from Slack”. */
class SlackTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String BODY =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
          + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
          + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
          + "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
          + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
  private static final String SIGNATURE =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
  private static final long SENT = 1_531_420_618;

  private final Signature slack = Signature.of(Scheme.SLACK, SECRET, null, null);

  @Test
  void believesThePublishedVector() {
    assertThat(check(SENT, SIGNATURE, BODY)).isInstanceOf(Verdict.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b504",
        "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "v0="
      })
  void aSignatureThatIsNotRightIsNotBelieved(String signature) {
    assertThat(check(SENT, signature, BODY)).isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  @ParameterizedTest
  @CsvSource({"300, true", "301, false", "-301, false"})
  void anOldSignatureIsNotBelieved(long later, boolean believed) {
    assertThat(check(SENT + later, SIGNATURE, BODY) instanceof Verdict.Genuine).isEqualTo(believed);
  }

  @Test
  void bothHeadersAreNeeded() {
    assertThat(slack.check(An.arrival(BODY, "X-Slack-Signature", SIGNATURE), at(SENT)))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_MISSING));
  }

  @Test
  void anEventIsKnownByItsId() {
    assertThat(
            signed(
                "{\"type\":\"event_callback\",\"event\":{\"event_id\":\"inner\"},\"event_id\":\"Ev01\"}"))
        .isEqualTo(new Verdict.Genuine(DeliveryKey.of("Ev01", An.arrival("another body"))));
  }

  @Test
  void theChallengeIsAnswered() {
    assertThat(signed("{\"type\":\"url_verification\",\"token\":\"t\",\"challenge\":\"3eZbrw1a\"}"))
        .isEqualTo(new Verdict.Handshake("3eZbrw1a"));
  }

  @Test
  void aChallengeOfSomebodyElseIsNot() {
    assertThat(check(SENT, SIGNATURE, "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1a\"}"))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  private Verdict signed(String body) {
    return check(SENT, "v0=" + Sender.hex(SECRET, "v0:" + SENT + ":" + body), body);
  }

  private Verdict check(long now, String signature, String body) {
    return slack.check(
        An.arrival(
            body, "X-Slack-Request-Timestamp", Long.toString(SENT), "X-Slack-Signature", signature),
        at(now));
  }

  private static Freshness at(long now) {
    return new Freshness(Instant.ofEpochSecond(now), Duration.ofMinutes(5));
  }
}
