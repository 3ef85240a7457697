package dev.autopilot.events.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contracts themselves: consistent with each other, with the envelope and with AsyncAPI. */
class ContractsTest {
  private static final Path FOLDER = Path.of("contracts");
  private static final Path ASYNCAPI = Path.of("../../docs/api/asyncapi.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static Stream<String> types() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".schema.json"))
          .map(name -> name.substring(0, name.length() - ".schema.json".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void aGoldenEventIsDecodableAndWhatItsSchemaPromises(String type) throws IOException {
    JsonNode golden = JSON.readTree(file(type, "golden").toFile());
    Map<String, String> attributes =
        JSON.convertValue(golden.get("attributes"), new TypeReference<>() {});

    ReceivedEvent event = ReceivedEvent.of(attributes, golden.get("data"));

    assertThat(event.type()).isEqualTo(type);
    assertThat(event.envelope().source()).isEqualTo("/" + Envelope.serviceOf(type));
    assertThat(event.envelope().attributes()).isEqualTo(attributes);
    assertThat(
            SCHEMAS
                .getSchema(Files.readString(file(type, "schema")))
                .validate(
                    event.data().toString(),
                    InputFormat.JSON,
                    context ->
                        context.executionConfig(config -> config.formatAssertionsEnabled(true))))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void aSchemaIsNamedForItsTypeAndSaysEverythingItsProducerTells(String type) throws IOException {
    JsonNode schema = JSON.readTree(file(type, "schema").toFile());

    assertThat(schema.path("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.path("title").asText()).isEqualTo(type);
    assertThat(schema.path("description").asText()).isNotBlank();
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void asyncApiListsExactlyTheEventsThatHaveAContract() throws IOException {
    TreeSet<String> listed =
        Files.readAllLines(ASYNCAPI).stream()
            .map(String::strip)
            .filter(line -> line.endsWith(".schema.json"))
            .map(line -> line.substring(line.lastIndexOf('/') + 1))
            .map(name -> name.substring(0, name.length() - ".schema.json".length()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed).containsExactlyElementsOf(types().toList());
  }

  private static Path file(String type, String kind) {
    return FOLDER.resolve(Envelope.serviceOf(type)).resolve(type + "." + kind + ".json");
  }
}
