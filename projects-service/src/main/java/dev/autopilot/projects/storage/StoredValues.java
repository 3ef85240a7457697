package dev.autopilot.projects.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as the JSONB column has them: by slot, without what is null. */
final class StoredValues {
  private static final ObjectMapper JSON =
      JsonMapper.builder(new JsonFactory())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StoredValues() {}

  static String write(Schema schema, Values values) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Field field : schema.fields()) {
        Value value = values.get(field);
        if (value != null) {
          json.writeFieldName(Integer.toString(field.slot()));
          write(json, value);
        }
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Value value) throws IOException {
    switch (value) {
      case Value.Text(var text) -> json.writeString(text);
      case Value.Amount(var number) -> json.writeNumber(number);
      case Value.Flag(var flag) -> json.writeBoolean(flag);
      case Value.Texts(var texts) -> {
        json.writeStartArray();
        for (String text : texts) {
          json.writeString(text);
        }
        json.writeEndArray();
      }
      case Value.Tree(var tree) -> JSON.writeTree(json, tree);
    }
  }

  static Values read(Schema schema, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      Map<String, Value> values = new LinkedHashMap<>();
      for (Field field : schema.fields()) {
        JsonNode value = json.get(Integer.toString(field.slot()));
        if (value != null) {
          values.put(field.key(), read(field, value));
        }
      }
      return new Values(values);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Value read(Field field, JsonNode json) {
    return switch (field.shape()) {
      case TEXT -> new Value.Text(json.textValue());
      case NUMBER -> new Value.Amount(json.decimalValue());
      case FLAG -> new Value.Flag(json.booleanValue());
      case TEXTS -> new Value.Texts(texts(json));
      case TREE -> new Value.Tree(json);
    };
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(item -> texts.add(item.textValue()));
    return texts;
  }
}
