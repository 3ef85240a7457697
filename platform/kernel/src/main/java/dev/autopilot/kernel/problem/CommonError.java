package dev.autopilot.kernel.problem;

/** The refusals that belong to HTTP itself rather than to a feature. */
public enum CommonError implements ErrorCode {
  MALFORMED_JSON(400, "The body is not well-formed JSON"),
  BAD_REQUEST(400, "The request can't be understood"),
  INVALID_CURSOR(400, "The cursor is not one that this list gave out"),
  UNAUTHENTICATED(401, "A valid token is needed"),
  FORBIDDEN(403, "The token doesn't allow this"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "None of the accepted media types can be given"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  CONFLICT(409, "The request conflicts with the present state"),
  PRECONDITION_FAILED(412, "The resource has changed since it was read"),
  PAYLOAD_TOO_LARGE(413, "The body is larger than allowed"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported here"),
  VALIDATION_FAILED(422, "The request holds values that are not allowed"),
  RATE_LIMITED(429, "Too many requests"),
  INTERNAL_ERROR(500, "Something went wrong on our side"),
  UPSTREAM_FAILED(502, "A service behind this one gave no usable answer"),
  UNAVAILABLE(503, "The service can't answer just now"),
  UPSTREAM_TIMEOUT(504, "A service behind this one took too long");

  private final int status;
  private final String title;

  CommonError(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }

  /** The code for a bare HTTP status, for failures that the framework raises. */
  public static CommonError ofStatus(int status) {
    for (CommonError error : values()) {
      if (error.status == status && error != MALFORMED_JSON) {
        return error;
      }
    }
    return status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
  }
}
