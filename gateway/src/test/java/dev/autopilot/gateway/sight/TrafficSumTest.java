package dev.autopilot.gateway.sight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.autopilot.testkit.Contracts;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrafficSumTest {
  @Test
  void isToldAsTheContractSays() throws IOException {
    ObjectMapper json =
        new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    TrafficSum sum =
        new TrafficSum(
            Instant.parse("2026-01-15T09:30:00Z"),
            "projects",
            "user",
            "01981b5e-6c00-7000-8000-000000000001",
            120,
            7,
            2,
            345_678,
            20_123);

    assertThat(json.readTree(json.writeValueAsBytes(sum)))
        .isEqualTo(Contracts.golden("gateway.traffic.summed").get("data"));
  }
}
