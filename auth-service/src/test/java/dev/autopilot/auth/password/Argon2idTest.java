package dev.autopilot.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Argon2idTest {
  private static final PasswordHash.Cost CHEAP = new PasswordHash.Cost(256, 1, 1);
  private final Argon2id argon2 = new Argon2id(CHEAP);

  /** From the test suite of the reference implementation, phc-winner-argon2. */
  @Test
  void agreesWithTheReferenceImplementation() {
    PasswordHash reference =
        PasswordHash.parse(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

    assertThat(argon2.matches(reference, new Password("password"))).isTrue();
    assertThat(argon2.matches(reference, new Password("Password"))).isFalse();
  }

  @Test
  void aStoredHashMatchesItsPasswordAndNoOther() {
    PasswordHash stored = PasswordHash.parse(argon2.hash(new Password("übergrößenträger")).phc());

    assertThat(argon2.matches(stored, new Password("übergrößenträger"))).isTrue();
    assertThat(argon2.matches(stored, new Password("ubergroßentrager"))).isFalse();
  }

  @Test
  void theSamePasswordIsNeverHashedTheSameTwice() {
    Password password = new Password("a long walk by the river");

    assertThat(argon2.hash(password).phc()).isNotEqualTo(argon2.hash(password).phc());
  }

  @Test
  void theSameTextInAnotherUnicodeFormIsTheSamePassword() {
    PasswordHash stored = argon2.hash(new Password("ﬁancée naïve"));

    assertThat(argon2.matches(stored, new Password("fiance\u0301e nai\u0308ve"))).isTrue();
  }

  @Test
  void aHashOfLessCostIsToBeStrengthenedAndAnEqualOneIsNot() {
    PasswordHash stored = argon2.hash(new Password("a long walk by the river"));

    assertThat(argon2.wouldStrengthen(stored)).isFalse();
    assertThat(new Argon2id(new PasswordHash.Cost(512, 1, 1)).wouldStrengthen(stored)).isTrue();
    assertThat(new Argon2id(new PasswordHash.Cost(256, 2, 1)).wouldStrengthen(stored)).isTrue();
    assertThat(new Argon2id(new PasswordHash.Cost(128, 1, 1)).wouldStrengthen(stored)).isFalse();
  }

  @Test
  void nothingMatchesTheHashOfNobody() {
    assertThat(argon2.matches(argon2.unmatched(), new Password(""))).isFalse();
  }
}
