package dev.autopilot.auth.internal;

import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The service that proved itself for this request. */
@RequestScoped
public class CallingService {
  private @Nullable String name;

  public String name() {
    return Objects.requireNonNull(name, "The resource is not @ServiceOnly");
  }

  void proved(String service) {
    name = service;
  }
}
