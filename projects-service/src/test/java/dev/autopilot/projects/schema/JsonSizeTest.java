package dev.autopilot.projects.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSizeTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Test
  void aNumberIsAsLongAsItIsWrittenOut() throws IOException {
    assertThat(sizeOf("1e300")).isGreaterThanOrEqualTo(301);
    assertThat(sizeOf("1e-300")).isGreaterThanOrEqualTo(302);
    assertThat(sizeOf("123456789012345678")).isGreaterThanOrEqualTo(18);
    assertThat(sizeOf("[7, 7, 7]")).isLessThan(40);
    assertThat(JsonSize.of(List.of(new Value.Amount(new BigDecimal("1e40")))))
        .isGreaterThanOrEqualTo(41);
  }

  private static long sizeOf(String json) throws IOException {
    return JsonSize.of(List.of(new Value.Tree(JSON.readTree(json))));
  }
}
