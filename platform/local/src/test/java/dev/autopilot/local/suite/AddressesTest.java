package dev.autopilot.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.local.config.MasterKey;
import dev.autopilot.local.config.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressesTest {
  @Test
  void everybodyListensSomewhereElse() {
    Addresses addresses = addresses(Map.of());
    Stream<Integer> ports =
        Stream.concat(
            Stream.of(addresses.postgres(), addresses.kafka()),
            Arrays.stream(Deployable.values())
                .map(addresses::of)
                .flatMap(pair -> Stream.of(pair.port(), pair.management())));
    assertThat(ports.toList()).hasSize(16).doesNotHaveDuplicates().contains(8099);
  }

  @Test
  void aServiceIsToldWhereItListensWhereItsDataIsAndWhereTheOthersAre() {
    Addresses addresses = addresses(Map.of("OPENAI_API_KEY", "sk"));
    Map<String, String> environment =
        addresses.environmentOf(Deployable.CHAT, "postgresql://chat@db/suite", "kafka:9092");
    assertThat(environment)
        .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
        .containsEntry("QUARKUS_HTTP_PORT", "" + addresses.of(Deployable.CHAT).port())
        .containsEntry("QUARKUS_MANAGEMENT_PORT", "" + addresses.of(Deployable.CHAT).management())
        .containsEntry("DATABASE_URL", "postgresql://chat@db/suite")
        .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092")
        .containsEntry("AUTOPILOT_PUBLIC_URL", "http://localhost:8099")
        .containsEntry("SECRET_KEY", "the key")
        .containsEntry("ENVIRONMENT", "development")
        .containsEntry("OPENAI_API_KEY", "sk")
        .containsEntry(
            "AUTOPILOT_SERVICES_AUTH_URL",
            "http://127.0.0.1:" + addresses.of(Deployable.AUTH).port());
  }

  @Test
  void theOperatorsDatabaseUserIsToldToNobody() {
    Map<String, String> environment =
        addresses(Map.of("DATABASE_URL", "postgresql://operator:pw@db/suite"))
            .environmentOf(Deployable.GATEWAY, "", "kafka:9092");
    assertThat(environment).doesNotContainKey("DATABASE_URL");
  }

  @Test
  void onlyTheGatewayListensWhereTheOperatorWants() {
    Addresses addresses = addresses(Map.of("AUTOPILOT_HOST", "0.0.0.0"));
    assertThat(addresses.environmentOf(Deployable.GATEWAY, "", ""))
        .containsEntry("QUARKUS_HTTP_HOST", "0.0.0.0")
        .containsEntry("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    assertThat(addresses.environmentOf(Deployable.AUTH, "", ""))
        .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1");
  }

  private static Addresses addresses(Map<String, String> variables) {
    MasterKey key = MasterKey.of(Map.of("SECRET_KEY", "the key"), false, Path.of("unused"));
    return new Addresses(
        new Settings(variables, false, key, Optional.empty(), Optional.empty()), 8099);
  }
}
