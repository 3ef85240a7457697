package dev.autopilot.projects.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a field's values. Each belongs to some types only; {@link FieldRules} knows which.
 *
 * @param choices of {@code select} and {@code multi_select}
 * @param databaseId whose records a {@code relation} points at
 * @param many whether a {@code relation} holds several ids
 * @param precision all digits of a {@code decimal}, 1 to 38
 * @param scale digits of a {@code decimal} behind the point, 0 to the precision
 * @param min smallest {@code number}
 * @param max greatest {@code number}
 * @param pattern an RE2 expression that the whole of a {@code text} matches
 * @param maxLength of a {@code text}, in characters
 * @param prefix of an {@code autonumber}
 * @param defaultValue what a new record holds when it doesn't say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldOptions(
    @Nullable List<Choice> choices,
    @Nullable UUID databaseId,
    @Nullable Boolean many,
    @Nullable Integer precision,
    @Nullable Integer scale,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    @Nullable String pattern,
    @Nullable Integer maxLength,
    @Nullable String prefix,
    @JsonProperty("default") @Nullable JsonNode defaultValue) {

  public static final FieldOptions NONE =
      new FieldOptions(null, null, null, null, null, null, null, null, null, null, null);

  boolean isMany() {
    return Boolean.TRUE.equals(many);
  }
}
