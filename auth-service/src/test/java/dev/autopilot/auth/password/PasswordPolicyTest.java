package dev.autopilot.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
  private static final EmailAddress EMAIL = new EmailAddress("ada.lovelace@example.org");
  private static final BreachedPasswords.Asking NOBODY_IS_ASKED =
      request -> {
        throw new AssertionError(request.uri());
      };

  private final CommonPasswords common = new CommonPasswords();
  private final PasswordPolicy policy =
      new PasswordPolicy(common, new BreachedPasswords(Optional.empty(), NOBODY_IS_ASKED));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a long walk by the river",
        "Sommernachtstraum im Herbst",
        "密码应该长一点才好",
        "🦊🦊🐢🐢🦉🦉🐝🐝",
        "        8 spaces",
      })
  void anyEightCharactersThatNobodyTriesFirstAreAPassword(String password) {
    assertThatCode(() -> check(password)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567", "sevenme", "密码密码", "🦊🐢🦉🐝🦊🐢🦉"})
  void lessThanEightCharactersAreRefused(String password) {
    assertRefused(password, "8 to 128");
  }

  @Test
  void charactersAreCountedInTheNormalFormAndNotInUnits() {
    assertThatCode(() -> check("e\u0301".repeat(128))).doesNotThrowAnyException();
    assertThatCode(() -> check("🦊🐢".repeat(64))).doesNotThrowAnyException();
    assertRefused("🦊🐢".repeat(64) + "x", "8 to 128");
    // One ligature of Arabic is eighteen characters in its normal form.
    assertRefused("\uFDFA".repeat(8), "8 to 128");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PassWord",
        "12345678",
        "qwertyuiop",
        "iloveyou1",
        "letmein123",
        "dragon2024",
        "Summer2025!",
        "1qaz2wsx",
        "aaaaaaaa",
        "p@ssw0rd",
        "liverpool1",
        "correcthorsebatterystaple"
      })
  void thePasswordsThatAreTriedFirstAreRefused(String password) {
    assertRefused(password, "tried first");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada.lovelace@example.org",
        "AdaLovelace",
        "ada.lovelace1815",
        "Ada King!!",
        "autopilot-77777"
      })
  void theOwnNameOrAddressIsRefusedHoweverItIsDecorated(String password) {
    assertRefused(password, "own name");
  }

  /** The commonest of a large breach that the policy would otherwise allow, by rank. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password", // 1st
        "solitude", // 1,500th
        "30121988", // 3,000th
        "18051978", // 10,000th
        "rfkbybyuhfl", // 30,000th
        "07021954", // the last that is listed
      })
  void thePasswordsOftenestFoundInBreachesAreRefused(String password) {
    assertRefused(password, "tried first");
  }

  @Test
  void everyLineOfTheListIsFoundAndNothingBesideIt() throws IOException {
    List<String> lines;
    try (InputStream list = getClass().getResourceAsStream("/common-passwords.txt")) {
      lines = new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    assertThat(lines).hasSizeGreaterThan(50_000).allMatch(line -> line.length() >= 8);
    assertThat(lines).allMatch(line -> common.contains(new Password(line)));
    assertThat(lines)
        .noneMatch(line -> common.contains(new Password(line + "\u0001")))
        .noneMatch(line -> common.contains(new Password("\uffef" + line)));
    assertThat(common.contains(new Password(""))).isFalse();
    assertThat(common.contains(new Password(lines.get(0) + "\n" + lines.get(1)))).isFalse();
  }

  private void check(String password) {
    policy.require(new Password(password), EMAIL, "Ada King", "/password");
  }

  private void assertRefused(String password, String because) {
    assertThatThrownBy(() -> check(password))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(CommonError.VALIDATION_FAILED);
              assertThat(refusal.errors())
                  .singleElement()
                  .satisfies(error -> {
                    assertThat(error.pointer()).isEqualTo("/password");
                    assertThat(error.message()).contains(because);
                  });
            });
  }
}
