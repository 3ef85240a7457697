package dev.autopilot.auth.signin;

import dev.autopilot.auth.password.Password;
import dev.autopilot.auth.session.Delivery;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to come in. Whatever was typed is looked up as it is: a wrong address is just wrong.
 */
public record SignInRequest(
    @NotBlank @Size(max = 254) String email,
    @NotNull @Size(max = Password.MAX_RAW_LENGTH) String password,
    @Nullable @Size(max = 40) String code,
    @Nullable Delivery session) {

  Delivery delivery() {
    return session == null ? Delivery.TOKEN : session;
  }

  /** Secrets are never logged. */
  @Override
  public String toString() {
    return "SignInRequest[" + email + "]";
  }
}
