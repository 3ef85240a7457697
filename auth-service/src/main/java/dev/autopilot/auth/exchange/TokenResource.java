package dev.autopilot.auth.exchange;

import dev.autopilot.auth.internal.CallingService;
import dev.autopilot.auth.internal.ServiceOnly;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The token endpoint of services. It speaks OAuth, in its refusals as well. */
@Path("/internal/token")
@Tag(name = "internal")
@PermitAll
@ServiceOnly
@RunOnVirtualThread
public class TokenResource {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String PERSONAL =
      "urn:autopilot:params:oauth:token-type:personal-access-token";
  private static final String USER_ID = "urn:autopilot:params:oauth:token-type:user-id";

  private final ExchangeToken exchange;
  private final CallingService calling;

  TokenResource(ExchangeToken exchange, CallingService calling) {
    this.exchange = exchange;
    this.calling = calling;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(summary = "Exchange a token (RFC 8693)")
  public RestResponse<ExchangedToken> exchange(
      @Nullable @RestForm("grant_type") String grantType,
      @Nullable @RestForm("subject_token") String subjectToken,
      @Nullable @RestForm("subject_token_type") String subjectTokenType,
      @Nullable @RestForm String scope) {
    if (!GRANT.equals(grantType)) {
      throw new OAuthRefusal("unsupported_grant_type", "Only " + GRANT + ".");
    }
    if (subjectToken == null || subjectToken.isBlank() || subjectTokenType == null) {
      throw new OAuthRefusal("invalid_request", "subject_token and subject_token_type are needed.");
    }
    String service = calling.name();
    ExchangedToken token =
        switch (subjectTokenType) {
          case PERSONAL -> exchange.personalToken(service, subjectToken, scope);
          case USER_ID -> exchange.absentPerson(service, subjectToken, scope);
          default ->
              throw new OAuthRefusal(
                  "invalid_request", "subject_token_type is " + PERSONAL + " or " + USER_ID + ".");
        };
    return RestResponse.ResponseBuilder.ok(token).header("Cache-Control", "no-store").build();
  }

  @ServerExceptionMapper
  RestResponse<OAuthRefusal.Body> refuse(OAuthRefusal refusal) {
    return RestResponse.ResponseBuilder.create(RestResponse.Status.BAD_REQUEST, refusal.body())
        .header("Cache-Control", "no-store")
        .build();
  }
}
