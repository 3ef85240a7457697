package dev.autopilot.auth.session;

import dev.autopilot.auth.account.UserView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The answer to a page: the tokens are in its cookies.
 *
 * @param csrfToken to be sent as {@code X-CSRF-Token} with every unsafe request
 */
@RegisterForReflection
public record CookieSessionView(UserView user, String csrfToken) {}
