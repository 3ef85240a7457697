package dev.autopilot.dashboard.intake;

import dev.autopilot.events.envelope.ReceivedEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** An event in a few words for people: {@code Project “Birds” created}. */
final class Summary {
  private static final int MAX_NAME = 120;

  /** What the things of the suite are called by their owners. */
  @RegisterForReflection
  private record Named(@Nullable String name, @Nullable String title) {}

  private Summary() {}

  /** Made from the type's own words, so that an event nobody has met yet can be told as well. */
  static String of(ReceivedEvent event) {
    String[] words = event.type().split("\\.", 3);
    String noun = words[1].replace('_', ' ');
    String verb = words[2].replace('_', ' ').replace('.', ' ');
    return Character.toUpperCase(noun.charAt(0)) + noun.substring(1) + name(event) + " " + verb;
  }

  private static String name(ReceivedEvent event) {
    if (!event.data().path("name").isTextual() && !event.data().path("title").isTextual()) {
      return "";
    }
    Named named = event.data(Named.class);
    String name = named.name() == null ? named.title() : named.name();
    return name == null || name.isBlank() ? "" : " “" + shortened(name.strip()) + "”";
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= MAX_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, MAX_NAME - 1)) + "…";
  }
}
