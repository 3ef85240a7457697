package dev.autopilot.local.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What follows the command, taken piece by piece; what nobody took is one too many. */
public final class Arguments {
  private final List<String> left;

  public Arguments(List<String> arguments) {
    this.left = new ArrayList<>(arguments);
  }

  /** Whether the flag is there. */
  boolean flag(String... names) {
    return left.removeAll(List.of(names));
  }

  /** The number after {@code --name} or {@code --name=}, or the default. */
  int number(String name, int otherwise) {
    int at = left.indexOf(name);
    if (at >= 0) {
      left.remove(at);
      if (at == left.size()) {
        throw new WrongUsage(name + " needs a number.");
      }
      return parsed(name, left.remove(at));
    }
    for (String argument : List.copyOf(left)) {
      if (argument.startsWith(name + "=")) {
        left.remove(argument);
        return parsed(name, argument.substring(name.length() + 1));
      }
    }
    return otherwise;
  }

  /** The words that aren't options. */
  Deque<String> words() {
    var words = new ArrayDeque<String>();
    left.removeIf(argument -> !argument.startsWith("-") && words.add(argument));
    return words;
  }

  /** Everything, as it is. */
  List<String> all() {
    var all = List.copyOf(left);
    left.clear();
    return all;
  }

  void refuseRest() {
    if (!left.isEmpty()) {
      throw new WrongUsage(
          "\"%s\" is not understood here; ./autopilot help says what is."
              .formatted(left.getFirst()));
    }
  }

  private static int parsed(String name, String text) {
    if (text.matches("\\d{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new WrongUsage("%s needs a number from 1 to 65535, not \"%s\".".formatted(name, text));
  }
}
