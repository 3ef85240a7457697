package dev.autopilot.chat.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conversation: whose it is, what it is called, who answers in it. */
@Entity
class Session {
  @Id private UUID id;
  private UUID ownerId;
  private String title;
  private @Nullable String model;
  private @Nullable String systemPrompt;
  private @Nullable UUID projectId;
  private int messageCount;
  private Instant createdAt;
  private Instant updatedAt;
  @Version private long version;

  protected Session() {}

  Session(UUID id, UUID ownerId, NewSession wanted, Instant now) {
    this.id = id;
    this.ownerId = ownerId;
    this.title = wanted.titleOrDefault();
    this.model = wanted.model();
    this.systemPrompt = wanted.systemPrompt();
    this.projectId = wanted.projectId();
    this.createdAt = now;
    this.updatedAt = now;
  }

  SessionCreated created() {
    return new SessionCreated(id, title, ownerId, version);
  }

  SessionEdit editable() {
    return new SessionEdit(title, model, systemPrompt, projectId);
  }

  void edit(SessionEdit edit, Instant now) {
    if (edit.equals(editable())) {
      return;
    }
    title = edit.title();
    model = edit.model();
    systemPrompt = edit.systemPrompt();
    projectId = edit.projectId();
    updatedAt = now;
  }

  SessionDeleted deleted() {
    return new SessionDeleted(id, title, ownerId, version + 1);
  }

  UUID id() {
    return id;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  long version() {
    return version;
  }

  /** In characters, of what may be long. */
  int size() {
    return systemPrompt == null ? 0 : systemPrompt.length();
  }

  SessionView view() {
    return new SessionView(
        id, title, model, systemPrompt, projectId, messageCount, createdAt, updatedAt);
  }
}
