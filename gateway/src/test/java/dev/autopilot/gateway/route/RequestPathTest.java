package dev.autopilot.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.kernel.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/api/records, /api/records",
    "/api/records/, /api/records/",
    "/api/./records, /api/records",
    "/api/x/../records, /api/records",
    "/api/%2e%2E/q/health, /q/health",
    "/api//records///7, /api/records/7",
    "/api/%72ecords, /api/records",
    "/api/caf%c3%a9, /api/caf%C3%A9",
    "/api/a%20b, /api/a%20b",
    "/.well-known/jwks.json, /.well-known/jwks.json",
    "/api/v1..2/x, /api/v1..2/x",
    "/api/records/.., /api/",
    "http://elsewhere/api/records, /api/records",
    "http://elsewhere, /"
  })
  void isNormalisedOnce(String target, String path) {
    assertThat(RequestPath.of(target).path()).isEqualTo(path);
  }

  @Test
  void theQueryIsPassedOnAsItIs() {
    assertThat(RequestPath.of("/api/../api/x?a=/../%2e&b").target())
        .isEqualTo("/api/x?a=/../%2e&b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/api/../../q",
        "/%2e%2e/",
        "/api/%00",
        "/api/%0d%0aX",
        "/api/%",
        "/api/%4",
        "/api/%zz",
        "/api/\u0001",
        "/api/é",
        "/api?q=\u0007",
        "*",
        "api/records",
        "ftp://x/api"
      })
  void isRefusedWhenThereIsNoOneWayToReadIt(String target) {
    assertThatThrownBy(() -> RequestPath.of(target)).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/a%2Fb", "/api/a%2fb", "/api/a%5Cb", "/api/a\\b", "/api/a;b=c/d", "/a%3Bb"})
  void whatServersDisagreeAboutIsMarked(String target) {
    assertThat(RequestPath.of(target).isAmbiguous()).isTrue();
  }

  @Test
  void anEncodedSlashSeparatesNothing() {
    assertThat(RequestPath.of("/api/%2e%2e%2finternal").path()).isEqualTo("/api/..%2Finternal");
  }
}
