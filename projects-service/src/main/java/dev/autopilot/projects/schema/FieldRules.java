package dev.autopilot.projects.schema;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.Problem.FieldError;
import dev.autopilot.kernel.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields a database may have. Collects everything that is wrong before it refuses. */
public final class FieldRules {
  public static final int MAX_FIELDS = 500;

  /** An index costs every write, and a lock when the table is dropped. */
  static final int MAX_INDEXED = 50;

  static final int DEFAULT_PRECISION = 18;
  static final int DEFAULT_SCALE = 2;

  private static final int MAX_CHOICES = 1_000;
  private static final int MAX_CHOICE = 200;
  private static final int MAX_COLOR = 100;
  private static final int MAX_PREFIX = 20;

  /** Names that a filter or a sort needs for itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "and",
          "or",
          "not",
          "in",
          "is",
          "null",
          "between",
          "true",
          "false",
          "now",
          "today",
          "id",
          "createdat",
          "updatedat",
          "createdby",
          "version");

  private final List<FieldError> errors = new ArrayList<>();

  private FieldRules() {}

  /** Refuses with 422 unless these fields make a database; pointers begin with {@code /fields}. */
  public static void check(List<Field> fields) {
    FieldRules rules = new FieldRules();
    if (fields.size() > MAX_FIELDS) {
      throw CommonError.VALIDATION_FAILED.at("/fields", "At most " + MAX_FIELDS + " fields.");
    }
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      String pointer = "/fields/" + i;
      if (!keys.add(field.key().toLowerCase(Locale.ROOT))) {
        rules.refuse(pointer + "/key", "Another field has this key.");
      }
      rules.check(field, pointer);
    }
    rules.finish();
  }

  /** Refuses with 422 one field more that is indexed or unique than a database may have. */
  public static void checkIndexes(List<Field> fields) {
    int indexed = 0;
    for (int i = 0; i < fields.size(); i++) {
      if (isIndexed(fields.get(i)) && ++indexed > MAX_INDEXED) {
        throw tooManyIndexed(fields.get(i), "/fields/" + i);
      }
    }
  }

  /** The same of a field that becomes one among others. */
  public static void checkIndex(Field field, List<Field> others) {
    if (isIndexed(field) && others.stream().filter(FieldRules::isIndexed).count() >= MAX_INDEXED) {
      throw tooManyIndexed(field, "");
    }
  }

  private static boolean isIndexed(Field field) {
    return field.indexed() || field.unique();
  }

  private static ProblemException tooManyIndexed(Field field, String at) {
    return CommonError.VALIDATION_FAILED.at(
        at + (field.indexed() ? "/indexed" : "/unique"),
        "At most " + MAX_INDEXED + " fields that are indexed or unique.");
  }

  /** Refuses with 422 unless the field is a possible one; pointers begin at the field itself. */
  public static void check(Field field) {
    FieldRules rules = new FieldRules();
    rules.check(field, "");
    rules.finish();
  }

  private void finish() {
    if (!errors.isEmpty()) {
      throw new ProblemException(CommonError.VALIDATION_FAILED, null, errors);
    }
  }

  private void check(Field field, String at) {
    if (RESERVED.contains(field.key().toLowerCase(Locale.ROOT))) {
      refuse(at + "/key", "This key is reserved.");
    }
    if (field.unique() && !(field.type().mayBeUnique() && field.isOrdered())) {
      refuse(at + "/unique", "A field of type " + field.type() + " can't be unique.");
    }
    if (field.indexed() && !field.isOrdered()) {
      refuse(at + "/indexed", "A field of type " + field.type() + " can't be indexed.");
    }
    if (field.required() && field.type() == FieldType.AUTONUMBER) {
      refuse(at + "/required", "An autonumber always has a value.");
    }
    int before = errors.size();
    options(field, at + "/options");
    if (errors.size() == before && field.options().defaultValue() != null) {
      defaultValue(field, at + "/options/default");
    }
  }

  private void options(Field field, String at) {
    FieldOptions options = field.options();
    boolean select = field.type() == FieldType.SELECT || field.type() == FieldType.MULTI_SELECT;
    boolean relation = field.type() == FieldType.RELATION;
    boolean decimal = field.type() == FieldType.DECIMAL;
    boolean number = field.type() == FieldType.NUMBER;
    boolean text = field.type() == FieldType.TEXT;
    belongs(options.choices(), select, at + "/choices");
    belongs(options.databaseId(), relation, at + "/databaseId");
    belongs(options.many(), relation, at + "/many");
    belongs(options.precision(), decimal, at + "/precision");
    belongs(options.scale(), decimal, at + "/scale");
    belongs(options.min(), number, at + "/min");
    belongs(options.max(), number, at + "/max");
    belongs(options.pattern(), text, at + "/pattern");
    belongs(options.maxLength(), text, at + "/maxLength");
    belongs(options.prefix(), field.type() == FieldType.AUTONUMBER, at + "/prefix");
    if (select) {
      choices(options.choices(), at + "/choices");
    }
    if (relation && options.databaseId() == null) {
      refuse(at + "/databaseId", "A relation says which database it points at.");
    }
    if (decimal) {
      decimal(options, at);
    }
    if (number && options.min() != null && options.max() != null) {
      require(options.min().compareTo(options.max()) <= 0, at + "/min", "Not above the maximum.");
    }
    if (text) {
      text(options, at);
    }
    atMost(MAX_PREFIX, options.prefix(), at + "/prefix");
  }

  private void choices(@Nullable List<Choice> choices, String at) {
    if (choices == null || choices.isEmpty() || choices.size() > MAX_CHOICES) {
      refuse(at, "1 to " + MAX_CHOICES + " choices.");
      return;
    }
    Set<String> values = new HashSet<>();
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      if (choice == null) { // JSON's own null.
        refuse(at + "/" + i, "A choice has a value.");
        continue;
      }
      String value = choice.value();
      String pointer = at + "/" + i + "/value";
      require(
          value != null && !value.isBlank() && value.length() <= MAX_CHOICE,
          pointer,
          "1 to " + MAX_CHOICE + " characters.");
      require(values.add(value), pointer, "Another choice has this value.");
      atMost(MAX_CHOICE, choice.label(), at + "/" + i + "/label");
      atMost(MAX_COLOR, choice.color(), at + "/" + i + "/color");
    }
  }

  private void atMost(int length, @Nullable String text, String at) {
    require(text == null || text.length() <= length, at, "At most " + length + " characters.");
  }

  private void decimal(FieldOptions options, String at) {
    int precision = options.precision() == null ? DEFAULT_PRECISION : options.precision();
    int scale = options.scale() == null ? DEFAULT_SCALE : options.scale();
    require(
        precision >= 1 && precision <= Numbers.MAX_PRECISION,
        at + "/precision",
        "1 to " + Numbers.MAX_PRECISION + ".");
    require(scale >= 0 && scale <= precision, at + "/scale", "0 to the precision.");
  }

  private void text(FieldOptions options, String at) {
    Integer maxLength = options.maxLength();
    require(
        maxLength == null || (maxLength >= 1 && maxLength <= Texts.MAX_TEXT),
        at + "/maxLength",
        "1 to " + Texts.MAX_TEXT + "; a long_text holds more.");
    String pattern = options.pattern();
    if (pattern == null) {
      return;
    }
    try {
      var _ = Patterns.compiled(pattern);
    } catch (InvalidValueException refused) {
      refuse(at + "/pattern", refused.reason());
    }
  }

  private void defaultValue(Field field, String at) {
    if (field.type() == FieldType.RELATION || field.type() == FieldType.FILE) {
      // What it names may go, and a field that is added would point there from every record.
      refuse(at, "A field of type " + field.type() + " has no default.");
      return;
    }
    try {
      ValueReader.read(field, java.util.Objects.requireNonNull(field.options().defaultValue()));
    } catch (InvalidValueException invalid) {
      refuse(at, invalid.reason());
    }
  }

  private void belongs(@Nullable Object option, boolean here, String at) {
    require(option == null || here, at, "Not an option of this type.");
  }

  private void require(boolean holds, String at, String message) {
    if (!holds) {
      refuse(at, message);
    }
  }

  private void refuse(String at, String message) {
    errors.add(new FieldError(at, message));
  }
}
