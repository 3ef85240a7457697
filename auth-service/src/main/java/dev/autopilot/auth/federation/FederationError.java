package dev.autopilot.auth.federation;

import dev.autopilot.kernel.problem.ErrorCode;

/** How signing in at another provider is refused. */
enum FederationError implements ErrorCode {
  OIDC_PROVIDER_NOT_FOUND(404, "No such provider is configured"),
  OIDC_STATE_INVALID(
      400, "The sign-in was not begun in this browser, took too long, or is finished already"),
  OIDC_DENIED(403, "The provider did not let you in"),
  OIDC_PROVIDER_UNAVAILABLE(502, "The provider can't be reached or doesn't answer as it should"),
  OIDC_ANSWER_INVALID(502, "What the provider says about you can't be believed"),
  OIDC_EMAIL_UNVERIFIED(403, "The provider doesn't vouch that your address is yours"),
  OIDC_ACCOUNT_UNVERIFIED(
      409,
      "There is an account with your address whose owner never verified it; sign in to it and"
          + " verify the address, or set another password, then try again"),
  OIDC_ACCOUNT_LINKED(409, "Your address belongs to the account of somebody else at the provider"),
  OIDC_TICKET_INVALID(400, "The ticket is unknown, was used before or has expired; sign in again");

  private final int status;
  private final String title;

  FederationError(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
