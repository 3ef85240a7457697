package dev.autopilot.dashboard.activity;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who looks on at this replica. They are told that there is something to read, not what. */
@Singleton
class Subscribers {
  /** A handful of tabs and devices. */
  static final int PER_USER = 10;

  private static final Duration LATER = Duration.ofSeconds(30);

  private final int bound;
  private final Map<UUID, Deque<Subscription>> byUser = new HashMap<>();
  private int count;
  private boolean closed;

  /**
   * @param bound how many streams one replica serves at once
   */
  Subscribers(
      @ConfigProperty(name = "autopilot.activity.max-streams", defaultValue = "1000") int bound) {
    this.bound = bound;
  }

  synchronized Subscription join(UUID user) {
    Deque<Subscription> others = byUser.getOrDefault(user, new ArrayDeque<>());
    if (closed || count >= bound || others.size() >= PER_USER) {
      throw ActivityError.TOO_MANY_STREAMS.problem().retryAfter(LATER);
    }
    Subscription subscription = new Subscription(user);
    others.add(subscription);
    byUser.put(user, others);
    count++;
    return subscription;
  }

  synchronized boolean any() {
    return count > 0;
  }

  synchronized void tell(Collection<UUID> users) {
    for (UUID user : users) {
      Deque<Subscription> subscriptions = byUser.get(user);
      if (subscriptions != null) {
        subscriptions.forEach(Subscription::wake);
      }
    }
  }

  synchronized void tellEverybody() {
    byUser.values().forEach(all -> all.forEach(Subscription::wake));
  }

  /** Ends every stream, so that stopping needn't wait for clients to leave by themselves. */
  synchronized void close() {
    closed = true;
    tellEverybody();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void leave(Subscription subscription) {
    Deque<Subscription> others = byUser.get(subscription.user);
    if (others != null && others.remove(subscription)) {
      count--;
      if (others.isEmpty()) {
        byUser.remove(subscription.user);
      }
    }
  }

  /** One stream's place; closing it makes room for another. */
  final class Subscription implements AutoCloseable {
    private final UUID user;
    private final Semaphore wakes = new Semaphore(0);

    private Subscription(UUID user) {
      this.user = user;
    }

    /** Whether there is something to read, waited for no longer than this. */
    boolean await(Duration patience) throws InterruptedException {
      boolean woken = wakes.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
      wakes.drainPermits();
      return woken;
    }

    /** The replica is stopping. */
    boolean isOver() {
      return isClosed();
    }

    @Override
    public void close() {
      leave(this);
    }

    private void wake() {
      wakes.release();
    }
  }
}
