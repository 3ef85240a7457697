package dev.autopilot.chat.session;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session to begin; everything may be left out.
 *
 * @param model the model that answers; the installation's default without it
 * @param systemPrompt what the model is told before the first message
 * @param projectId the project the session is about
 */
public record NewSession(
    @Size(max = SessionEdit.MAX_TITLE) @Pattern(regexp = SessionEdit.NOT_BLANK)
        @Nullable String title,
    @Size(min = 1, max = SessionEdit.MAX_MODEL) @Nullable String model,
    @Size(max = SessionEdit.MAX_PROMPT) @Nullable String systemPrompt,
    @Nullable UUID projectId) {

  private static final String UNTITLED = "New chat";

  String titleOrDefault() {
    return title == null ? UNTITLED : title;
  }
}
