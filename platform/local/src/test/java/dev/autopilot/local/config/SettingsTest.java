package dev.autopilot.local.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void theEnvironmentWinsOverTheFile() {
    Settings settings =
        settings(
            Map.of("SMTP_URL", "smtp://file", "REDIS_URL", "redis://file"),
            Map.of("SMTP_URL", "smtp://environment"));
    assertThat(settings.variable("SMTP_URL")).contains("smtp://environment");
    assertThat(settings.variable("REDIS_URL")).contains("redis://file");
  }

  @Test
  void anEmptyVariableIsNotSet() {
    Settings settings = settings(Map.of("DATABASE_URL", ""), Map.of("KAFKA_BOOTSTRAP_SERVERS", ""));
    assertThat(settings.database()).isEmpty();
    assertThat(settings.kafka()).isEmpty();
  }

  @Test
  void inDevelopmentAMasterKeyIsMadeOnceForItsOwnerOnly() throws IOException {
    String made = settings(Map.of(), Map.of()).masterKey().value();
    assertThat(made.length()).isGreaterThanOrEqualTo(32);
    assertThat(settings(Map.of(), Map.of()).masterKey().value()).isEqualTo(made);
    var permissions = Files.getPosixFilePermissions(folder.resolve("home/secret.key"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  @Test
  void whoOnlyLooksAtTheSettingsMakesNoMasterKey() {
    assertThat(settings(Map.of(), Map.of()).production()).isFalse();
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void productionRefusesToStartWithoutALongMasterKey() {
    assertThatThrownBy(() -> settings(Map.of("ENVIRONMENT", "production"), Map.of()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("needs a SECRET_KEY of at least 32 characters");
    assertThatThrownBy(() ->
            settings(Map.of("ENVIRONMENT", "production"), Map.of("SECRET_KEY", "x".repeat(31))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("SECRET_KEY has 31 characters");
    assertThat(folder.resolve("home/secret.key")).doesNotExist();
    assertThat(
            settings(Map.of("ENVIRONMENT", "production"), Map.of("SECRET_KEY", "x".repeat(32)))
                .production())
        .isTrue();
  }

  @Test
  void kafkaServersAreHostsWithPorts() {
    assertThat(settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "a:9092, b:9093"), Map.of()).kafka())
        .contains(new KafkaServers("a:9092, b:9093"));
    assertThatThrownBy(() -> settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka"), Map.of()))
        .hasMessage("KAFKA_BOOTSTRAP_SERVERS must look like host:9092,host:9092.");
    assertThatThrownBy(() -> new KafkaServers("localhost:90922")).hasMessageContaining("host:9092");
    assertThatThrownBy(() -> new KafkaServers("127.0.0.1:1").requireAnswer())
        .hasMessageContaining("No Kafka answers at 127.0.0.1:1");
  }

  @Test
  void anAddressThatIsNoneIsNamedWithoutItsPassword() {
    for (String name :
        List.of("REDIS_URL", "SMTP_URL", "AUTOPILOT_PUBLIC_URL", "ALLOWED_ORIGINS")) {
      assertThatThrownBy(() -> settings(Map.of(name, "host:secret"), Map.of()))
          .as(name)
          .isInstanceOf(Refusal.class)
          .hasMessageStartingWith(name + " must look like ")
          .hasMessageNotContaining("secret");
    }
    assertThat(settings(Map.of("ALLOWED_ORIGINS", "http://a:1, https://b"), Map.of()).production())
        .isFalse();
  }

  @Test
  void theGatewayListensOnAnAddressOfThisMachine() {
    assertThatThrownBy(() -> settings(Map.of("AUTOPILOT_HOST", "192.0.2.1"), Map.of()))
        .hasMessageContaining("192.0.2.1")
        .hasMessageContaining("no address of this machine");
    for (String host : List.of("0.0.0.0", "127.0.0.1", "localhost")) {
      assertThat(settings(Map.of("AUTOPILOT_HOST", host), Map.of()).variable("AUTOPILOT_HOST"))
          .contains(host);
    }
  }

  @Test
  void anUnknownEnvironmentIsRefused() {
    assertThatThrownBy(() -> settings(Map.of("ENVIRONMENT", "prod"), Map.of()))
        .hasMessage("ENVIRONMENT is \"prod\", and must be development or production.");
  }

  @Test
  void derivedSecretsDifferByPurposeAndByKey() {
    MasterKey one = key("one");
    assertThat(one.derive("a")).isEqualTo(key("one").derive("a")).isNotEqualTo(one.derive("b"));
    assertThat(one.derive("a")).isNotEqualTo(key("two").derive("a"));
    assertThat(one.toString()).doesNotContain("one");
  }

  private MasterKey key(String value) {
    return settings(Map.of("SECRET_KEY", value), Map.of()).masterKey();
  }

  private Settings settings(Map<String, String> file, Map<String, String> environment) {
    return Settings.of(file, environment, new Layout(folder, folder.resolve("home")));
  }
}
