package dev.autopilot.local.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ada:secret@db.example:5433/suite",
        "postgres://ada:secret@db.example:5433/suite",
        "postgresql+asyncpg://ada:secret@db.example:5433/suite",
        "postgresql+psycopg2://ada:secret@db.example:5433/suite"
      })
  void understandsTheWaysPeopleWriteIt(String text) {
    assertThat(DatabaseAddress.parse(text))
        .isEqualTo(new DatabaseAddress("ada", "secret", "db.example", 5433, "suite", ""));
  }

  @Test
  void knowsTheUsualPort() {
    assertThat(DatabaseAddress.parse("postgresql://ada@db/suite").port()).isEqualTo(5432);
  }

  @Test
  void carriesSpecialCharactersThere() {
    var address = DatabaseAddress.parse("postgresql://a%40b:p%2Fw%3A+1@db/suite?sslmode=require");
    assertThat(address.user()).isEqualTo("a@b");
    assertThat(address.password()).isEqualTo("p/w:+1");
    assertThat(DatabaseAddress.parse(address.url())).isEqualTo(address);
    assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/suite?sslmode=require");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://a:b@h/d",
        "postgresql://h/d",
        "postgresql://a:b@h",
        "sqlite:///x.db",
        "a b",
        ""
      })
  void refusesWhatItIsNot(String text) {
    assertThatThrownBy(() -> DatabaseAddress.parse(text))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("must look like postgresql://user:password@host:5432/database");
  }

  @Test
  void neverShowsThePassword() {
    assertThat(DatabaseAddress.parse("postgresql://ada:secret@db/suite"))
        .hasToString("postgresql://ada@db:5432/suite");
    assertThatThrownBy(() -> DatabaseAddress.parse("postgresql://ada:sec ret@db/suite"))
        .hasNoCause()
        .hasMessageNotContaining("ret@");
  }
}
