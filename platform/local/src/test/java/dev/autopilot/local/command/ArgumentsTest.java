package dev.autopilot.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void flagsNumbersAndWordsAreTakenInAnyOrder() {
    var arguments = new Arguments(List.of("auth", "--port", "9000", "-f"));
    assertThat(arguments.number("--port", 8080)).isEqualTo(9000);
    assertThat(arguments.flag("-f", "--follow")).isTrue();
    assertThat(arguments.words()).containsExactly("auth");
    assertThatCode(arguments::refuseRest).doesNotThrowAnyException();
  }

  @Test
  void aNumberMayFollowAnEqualSignOrBeAbsent() {
    assertThat(new Arguments(List.of("--port=9001")).number("--port", 8080)).isEqualTo(9001);
    assertThat(new Arguments(List.of()).number("--port", 8080)).isEqualTo(8080);
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    assertThatThrownBy(() -> new Arguments(List.of("--frech")).refuseRest())
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining("\"--frech\" is not understood");
    assertThatThrownBy(() -> new Arguments(List.of("--port")).number("--port", 1))
        .hasMessage("--port needs a number.");
    assertThatThrownBy(() -> new Arguments(List.of("--port", "70000")).number("--port", 1))
        .hasMessageContaining("not \"70000\"");
  }
}
