package dev.autopilot.events.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "postgres", "postgresql+asyncpg", "postgresql+psycopg2"})
  void everySchemeOfPostgresqlMeansTheSame(String scheme) {
    assertThat(DatabaseUrl.parse(scheme + "://app:secret@db.example:5433/autopilot"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://db.example:5433/autopilot", "app", "secret"));
  }

  @Test
  void credentialsMayHoldAnyCharacter() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://a%40b:p%2Fq%3A%25%20+r@h/db");

    assertThat(url.username()).isEqualTo("a@b");
    assertThat(url.password()).isEqualTo("p/q:% +r");
  }

  @Test
  void aPasswordWithAnUnencodedAtIsUnderstood() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://app:p@ss@h:5432/db");

    assertThat(url.password()).isEqualTo("p@ss");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/db");
  }

  @Test
  void parametersPassOnUnderTheDriversNames() {
    assertThat(
            DatabaseUrl.parse(
                    "postgresql://u:p@h/db?sslmode=require&connect_timeout=3&application_name=a%20b")
                .jdbcUrl())
        .isEqualTo("jdbc:postgresql://h/db?ApplicationName=a+b&connectTimeout=3&sslmode=require");
  }

  @Test
  void asyncpgsSslIsAModeAndPgjdbcsIsASwitch() {
    assertThat(DatabaseUrl.parse("postgresql+asyncpg://u@h/db?ssl=require").jdbcUrl())
        .endsWith("?sslmode=require");
    assertThat(DatabaseUrl.parse("postgresql://u@h/db?ssl=true").jdbcUrl()).endsWith("?ssl=true");
  }

  @Test
  void severalHostsAndIpv6ArePassedOn() {
    assertThat(DatabaseUrl.parse("postgresql://u@one:5432,two:5433/db").jdbcUrl())
        .isEqualTo("jdbc:postgresql://one:5432,two:5433/db");
    assertThat(DatabaseUrl.parse("postgresql://u@[::1]:5432/db").jdbcUrl())
        .isEqualTo("jdbc:postgresql://[::1]:5432/db");
  }

  @Test
  void theDatabaseIsTheUsersUnlessNamed() {
    assertThat(DatabaseUrl.parse("postgresql://app@h").jdbcUrl())
        .isEqualTo("jdbc:postgresql://h/app");
    assertThat(DatabaseUrl.parse("postgresql://h/db").username()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db",
        "mysql://u:secret@h/db",
        "jdbc:postgresql://h/db",
        "postgresql://",
        "postgresql://u:secret@/db",
        "postgresql://u:secret@h:port/db",
        "postgresql://u:secret@h h/db"
      })
  void anythingElseIsRefusedWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql://user:password@host:port/database")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void neverShowsThePassword() {
    assertThat(DatabaseUrl.parse("postgresql://u:secret@h/db").toString()).doesNotContain("secret");
  }
}
