package dev.autopilot.events.outbox;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/** What one transaction has filled; its relay learns of it once it is committed. */
final class LanesToWake implements Synchronization {
  private final BitSet lanes = new BitSet(Lanes.COUNT);
  private final IntConsumer wake;

  LanesToWake(IntConsumer wake) {
    this.wake = wake;
  }

  void addAll(List<OutboxRow> messages) {
    messages.forEach(message -> lanes.set(Lanes.of(message.key())));
  }

  @Override
  public void beforeCompletion() {}

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      lanes.stream().forEach(wake);
    }
  }
}
