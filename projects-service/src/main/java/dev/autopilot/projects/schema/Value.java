package dev.autopilot.projects.schema;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

/** A valid value of a field, in the one form in which it is stored. Null is the absence of one. */
public sealed interface Value {

  /** As JSON has it: a string, a number, a boolean, a list of strings, or a tree. */
  @JsonValue
  Object json();

  record Text(String text) implements Value {
    @Override
    public String json() {
      return text;
    }
  }

  /** Equal by amount and scale: 1.50 as a decimal stays 1.50. */
  record Amount(BigDecimal number) implements Value {
    @Override
    public BigDecimal json() {
      return number;
    }
  }

  record Flag(boolean flag) implements Value {
    @Override
    public Boolean json() {
      return flag;
    }
  }

  record Texts(List<String> texts) implements Value {
    public Texts {
      texts = List.copyOf(texts);
    }

    @Override
    public List<String> json() {
      return texts;
    }
  }

  record Tree(JsonNode tree) implements Value {
    @Override
    public JsonNode json() {
      return tree;
    }
  }
}
