package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A workflow: whose it is, what it is called, and which of its versions is which. */
@Entity
class Workflow {
  @Id private UUID id;
  private UUID ownerId;
  private String name;
  private @Nullable String description;
  private boolean enabled;
  private int draftVersion;
  private @Nullable Integer publishedVersion;
  private Instant createdAt;
  private Instant updatedAt;
  @Version private long version;

  protected Workflow() {}

  Workflow(UUID id, UUID ownerId, NewWorkflow wanted, Instant now) {
    this.id = id;
    this.ownerId = ownerId;
    this.name = wanted.name();
    this.description = wanted.description();
    this.enabled = wanted.enabledOrDefault();
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** The definition becomes the draft, as a version of its own. */
  WorkflowVersion draft(ObjectNode definition, Instant now) {
    draftVersion++;
    updatedAt = now;
    return new WorkflowVersion(draft(), definition, now);
  }

  /** From now on executions run what is the draft today. */
  boolean publish(Instant now) {
    if (publishedVersion != null && publishedVersion == draftVersion) {
      return false;
    }
    publishedVersion = draftVersion;
    updatedAt = now;
    return true;
  }

  WorkflowEdit editable(ObjectNode definition) {
    return new WorkflowEdit(name, description, enabled, definition);
  }

  void edit(WorkflowEdit edit, Instant now) {
    name = edit.name();
    description = edit.description();
    enabled = edit.enabled();
    updatedAt = now;
  }

  WorkflowCreated created() {
    return new WorkflowCreated(id, name, enabled, ownerId, version);
  }

  WorkflowChanged changed() {
    return new WorkflowChanged(id, name, enabled, ownerId, version);
  }

  WorkflowDeleted deleted() {
    return new WorkflowDeleted(id, name, enabled, ownerId, version + 1);
  }

  UUID id() {
    return id;
  }

  long version() {
    return version;
  }

  WorkflowVersion.Key draft() {
    return new WorkflowVersion.Key(id, draftVersion);
  }

  WorkflowView view(JsonNode definition) {
    return new WorkflowView(
        id,
        name,
        description,
        enabled,
        definition,
        publishedVersion,
        draftVersion,
        createdAt,
        updatedAt,
        version);
  }
}
