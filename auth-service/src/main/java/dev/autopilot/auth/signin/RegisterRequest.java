package dev.autopilot.auth.signin;

import dev.autopilot.auth.password.Password;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Who wants an account. */
public record RegisterRequest(
    @NotBlank @Email @Size(max = 254) String email,
    @NotNull @Size(max = Password.MAX_RAW_LENGTH) String password,
    @NotBlank @Size(max = 100) String name) {

  /** Secrets are never logged. */
  @Override
  public String toString() {
    return "RegisterRequest[" + email + "]";
  }
}
