package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A definition as it was at some time, for good. */
@Entity
@Immutable
class WorkflowVersion {
  /** Numbers as requests have them, so that what is the same is equal. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @EmbeddedId private Key key;
  private String definition;
  private Instant createdAt;

  /** Which workflow it belongs to, and its number there, from 1. */
  @Embeddable
  record Key(UUID workflowId, int number) {}

  protected WorkflowVersion() {}

  WorkflowVersion(Key key, ObjectNode definition, Instant now) {
    this.key = key;
    this.definition = definition.toString();
    this.createdAt = now;
  }

  int number() {
    return key.number();
  }

  ObjectNode definition() {
    try {
      return (ObjectNode) JSON.readTree(definition);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The text itself, where it is only passed on: as a tree it takes many times as much. */
  JsonNode definitionAsWritten() {
    return JsonNodeFactory.instance.rawValueNode(new RawValue(definition));
  }

  /** In characters, give or take. */
  int size() {
    return definition.length();
  }

  WorkflowVersionView view() {
    return new WorkflowVersionView(key.number(), definitionAsWritten(), createdAt);
  }
}
