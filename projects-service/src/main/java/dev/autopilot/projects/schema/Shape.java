package dev.autopilot.projects.schema;

/** The few forms in which the values of all field types are stored and compared. */
public enum Shape {
  /** Text, compared by code point; dates and instants too, in a form whose order is time's. */
  TEXT,
  NUMBER,
  FLAG,
  /** Several texts. */
  TEXTS,
  /** Any JSON. */
  TREE
}
