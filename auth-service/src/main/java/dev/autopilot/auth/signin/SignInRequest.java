package dev.autopilot.auth.signin;

import dev.autopilot.auth.password.Password;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Who wants to come in. Whatever was typed is looked up as it is: a wrong address is just wrong.
 */
public record SignInRequest(
    @NotBlank @Size(max = 254) String email,
    @NotNull @Size(max = Password.MAX_RAW_LENGTH) String password) {

  /** Secrets are never logged. */
  @Override
  public String toString() {
    return "SignInRequest[" + email + "]";
  }
}
