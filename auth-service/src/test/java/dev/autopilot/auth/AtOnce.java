package dev.autopilot.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs things at the same moment, each on a thread of its own, and gives what each gave. */
public final class AtOnce {
  private AtOnce() {}

  public static <T> List<T> run(int times, Callable<T> action) {
    List<Callable<T>> actions = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      actions.add(action);
    }
    return run(actions);
  }

  public static <T> List<T> run(List<Callable<T>> actions) {
    CyclicBarrier start = new CyclicBarrier(actions.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(actions.size())) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> action : actions) {
        futures.add(
            threads.submit(() -> {
              start.await();
              return action.call();
            }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }
}
