package dev.autopilot.auth.attempt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.auth.Tables;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class AttemptsTest {
  @Inject Attempts attempts;
  @Inject AttemptSettings settings;
  @Inject Tables tables;

  @BeforeEach
  @AfterEach
  void forgetAll() {
    tables.change("truncate attempt");
  }

  @Test
  void allAddressesOfAnIpv6NetworkAreOneGuesser() {
    for (int i = 0; i < settings.perAddress(); i++) {
      attempts.failed("2001:db8:1:2::" + Integer.toHexString(i));
    }

    assertThatThrownBy(() -> attempts.refuseLocked("2001:db8:1:2:ffff::1"))
        .isInstanceOf(ProblemException.class);
    assertThatCode(() -> attempts.refuseLocked("2001:db8:1:3::1")).doesNotThrowAnyException();
  }

  @Test
  void everyIpv4AddressIsOneOfItsOwn() {
    for (int i = 0; i < settings.perAddress(); i++) {
      attempts.failed("203.0.113.7");
    }

    assertThatThrownBy(() -> attempts.refuseLocked("203.0.113.7"))
        .isInstanceOf(ProblemException.class);
    assertThatCode(() -> attempts.refuseLocked("203.0.113.8")).doesNotThrowAnyException();
  }
}
