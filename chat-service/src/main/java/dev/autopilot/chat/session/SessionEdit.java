package dev.autopilot.chat.session;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be changed about a session, by merge patch. */
record SessionEdit(
    @NotBlank @Size(max = MAX_TITLE) String title,
    @Size(min = 1, max = MAX_MODEL) @Nullable String model,
    @Size(max = MAX_PROMPT) @Nullable String systemPrompt,
    @Nullable UUID projectId) {

  static final int MAX_TITLE = 200;
  static final int MAX_MODEL = 200;
  static final int MAX_PROMPT = 32_000;
  static final String NOT_BLANK = "(?s).*\\S.*";
}
