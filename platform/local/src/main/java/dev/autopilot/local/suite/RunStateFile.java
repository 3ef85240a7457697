package dev.autopilot.local.suite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.local.config.Layout;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The run state as a JSON file that is replaced as a whole, so that a reader never sees half of it.
 */
public final class RunStateFile {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;

  public RunStateFile(Layout layout) {
    this.file = layout.run().resolve("suite.json");
  }

  public Path path() {
    return file;
  }

  /** What was written last; empty when nothing was, or nothing that can be understood. */
  public Optional<RunState> read() {
    try (JsonParser parser = JSON.createParser(Files.readString(file))) {
      parser.nextToken();
      Map<String, Object> root = object(parser);
      var members = new ArrayList<RunState.Member>();
      for (Object member : (List<?>) root.getOrDefault("members", List.of())) {
        members.add(member((Map<?, ?>) member));
      }
      return Optional.of(
          new RunState(
              process(root, "runner").orElseThrow(),
              Instant.parse(text(root, "startedAt")),
              RunState.Phase.valueOf(text(root, "phase")),
              text(root, "url"),
              text(root, "kafka"),
              members));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Written by another version, or damaged: as good as none.
      return Optional.empty();
    }
  }

  void write(RunState state) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Path fresh = file.resolveSibling("suite.json.new");
    Files.writeString(fresh, json(state));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(RunState state) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      process(json, "runner", state.runner());
      json.writeStringField("startedAt", state.startedAt().toString());
      json.writeStringField("phase", state.phase().name());
      json.writeStringField("url", state.url());
      json.writeStringField("kafka", state.kafka());
      json.writeArrayFieldStart("members");
      for (RunState.Member member : state.members()) {
        json.writeStartObject();
        json.writeStringField("name", member.name());
        if (member.process().isPresent()) {
          process(json, "process", member.process().get());
        }
        json.writeNumberField("port", member.port());
        json.writeNumberField("managementPort", member.managementPort());
        json.writeStringField("state", member.state());
        json.writeNumberField("restarts", member.restarts());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void process(JsonGenerator json, String field, ProcessIdentity process)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeNumberField("pid", process.pid());
    json.writeStringField("startedAt", process.startedAt().toString());
    json.writeEndObject();
  }

  private static RunState.Member member(Map<?, ?> member) {
    return new RunState.Member(
        text(member, "name"),
        process(member, "process"),
        (int) number(member, "port"),
        (int) number(member, "managementPort"),
        text(member, "state"),
        (int) number(member, "restarts"));
  }

  private static Optional<ProcessIdentity> process(Map<?, ?> parent, String field) {
    return parent.get(field) instanceof Map<?, ?> process
        ? Optional.of(
            new ProcessIdentity(number(process, "pid"), Instant.parse(text(process, "startedAt"))))
        : Optional.empty();
  }

  private static String text(Map<?, ?> parent, String field) {
    if (parent.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(field + " is missing");
  }

  private static long number(Map<?, ?> parent, String field) {
    if (parent.get(field) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(field + " is missing");
  }

  /** The value that begins at the parser's token: a map, a list, a string, or a long. */
  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        var list = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      default -> parser.getText();
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map;
  }
}
