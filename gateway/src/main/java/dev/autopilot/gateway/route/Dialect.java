package dev.autopilot.gateway.route;

/** The shape in which the clients of a route expect to hear of errors. */
public enum Dialect {
  /** RFC 9457 {@code application/problem+json}. */
  PROBLEM,
  /** OpenAI's {@code {"error": {…}}}. */
  OPENAI,
  /** A JSON-RPC error, as MCP's streamable HTTP has it. */
  MCP,
  /** The tus protocol: a plain sentence, and the header that names the protocol's version. */
  TUS
}
