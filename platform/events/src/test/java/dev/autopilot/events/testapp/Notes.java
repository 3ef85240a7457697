package dev.autopilot.events.testapp;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** The use cases: each one transaction. */
@ApplicationScoped
public class Notes {
  private final EntityManager entities;
  private final Outbox outbox;

  Notes(EntityManager entities, Outbox outbox) {
    this.entities = entities;
    this.outbox = outbox;
  }

  @Transactional
  public UUID create(String text) {
    return createIn(Ids.next(), text);
  }

  @Transactional
  public UUID create(UUID id, String text) {
    return createIn(id, text);
  }

  private UUID createIn(UUID id, String text) {
    Note note = new Note(id, text);
    entities.persist(note);
    outbox.append(new NoteWritten(id, text, 0));
    return id;
  }

  @Transactional
  public void createAndFail(UUID id) {
    createIn(id, "never");
    throw new IllegalStateException("after the event was appended");
  }

  /** One more version, whoever else is at it. */
  @Transactional
  public void write(UUID id, String text) {
    Note note = entities.find(Note.class, id, jakarta.persistence.LockModeType.PESSIMISTIC_WRITE);
    outbox.append(note.write(text));
  }

  @Transactional
  public void tellMany(UUID id, int count) {
    List<NoteWritten> events =
        LongStream.range(0, count).mapToObj(n -> new NoteWritten(id, "n" + n, n)).toList();
    outbox.appendAll(events);
  }

  @Transactional
  public long count(String text) {
    return entities
        .createQuery("select count(n) from Note n where n.text = :text", Long.class)
        .setParameter("text", text)
        .getSingleResult();
  }
}
