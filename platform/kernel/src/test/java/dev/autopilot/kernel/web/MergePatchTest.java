package dev.autopilot.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.problem.ProblemException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class MergePatchTest {
  private static final UUID ID = UUID.fromString("01981b5e-6c00-7000-8000-000000000001");
  private static final Editable BEFORE = new Editable("Birds", "of the garden", ID);

  private final MergePatch patches;
  private final ObjectMapper json;

  MergePatchTest(MergePatch patches, ObjectMapper json) {
    this.patches = patches;
    this.json = json;
  }

  record Editable(@NotBlank String name, @Nullable String description, @Nullable UUID parent) {}

  /** The examples of RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"};           {\"a\":\"c\"};             {\"a\":\"c\"}",
        "{\"a\":\"b\"};           {\"b\":\"c\"};             {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"};           {\"a\":null};              {}",
        "{\"a\":\"b\",\"b\":\"c\"};{\"a\":null};             {\"b\":\"c\"}",
        "{\"a\":[\"b\"]};         {\"a\":\"c\"};             {\"a\":\"c\"}",
        "{\"a\":\"c\"};           {\"a\":[\"b\"]};           {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}};   {\"a\":{\"b\":\"d\",\"c\":null}}; {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}; {\"a\":[1]};               {\"a\":[1]}",
        "[\"a\",\"b\"];           [\"c\",\"d\"];             [\"c\",\"d\"]",
        "{\"a\":\"b\"};           [\"c\"];                   [\"c\"]",
        "{\"a\":\"foo\"};         null;                      null",
        "{\"a\":\"foo\"};         \"bar\";                   \"bar\"",
        "{\"e\":null};            {\"a\":1};                 {\"e\":null,\"a\":1}",
        "[1,2];                   {\"a\":\"b\",\"c\":null};  {\"a\":\"b\"}",
        "{};                      {\"a\":{\"bb\":{\"ccc\":null}}}; {\"a\":{\"bb\":{}}}",
      })
  void mergesAsTheStandardSays(String target, String patch, String result) throws Exception {
    assertThat(MergePatch.merge(json.readTree(target), json.readTree(patch)))
        .isEqualTo(json.readTree(result));
  }

  @Test
  void keepsWhatIsNotNamedAndRemovesWhatIsNull() throws Exception {
    assertThat(patches.apply(BEFORE, patch("{\"name\":\"Trees\",\"description\":null}")))
        .isEqualTo(new Editable("Trees", null, ID));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"colour\":\"red\"}|/colour",
        "{\"name\":5}|/name",
        "{\"parent\":\"not an id\"}|/parent",
      })
  void refusesWhatDoesNotFitByItsPointer(String patch, String pointer) {
    assertThatThrownBy(() -> patches.apply(BEFORE, patch(patch)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.code().code()).isEqualTo("validation_failed");
              assertThat(refusal.errors().getFirst().pointer()).isEqualTo(pointer);
            });
  }

  @Test
  void holdsTheOutcomeToTheRulesOfANewOne() {
    assertThatThrownBy(() -> patches.apply(BEFORE, patch("{\"name\":null}")))
        .isInstanceOf(ConstraintViolationException.class);
  }

  @Test
  void aBodyThatIsNotThereIsMalformed() {
    assertThatThrownBy(() -> patches.apply(BEFORE, null))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.code().code()).isEqualTo("malformed_json"));
  }

  private ObjectNode patch(String text) throws Exception {
    return (ObjectNode) json.readTree(text);
  }
}
