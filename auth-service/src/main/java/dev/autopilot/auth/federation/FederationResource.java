package dev.autopilot.auth.federation;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import dev.autopilot.auth.browser.HostCookies;
import dev.autopilot.auth.browser.SessionCookies;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.auth.session.Delivery;
import dev.autopilot.auth.session.HandOver;
import dev.autopilot.auth.session.TokensView;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.kernel.start.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The door of those who prove elsewhere who they are. */
@Path("/api/auth/oidc")
@Tag(name = "sign in")
@PermitAll
@RunOnVirtualThread
public class FederationResource {
  /** Binds a sign-in to the browser in which it began, so that nobody finishes another's. */
  private static final String BROWSER = "autopilot_oidc";

  private static final Pattern BROWSER_VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private static final String PROBLEM = "problem";

  private final Providers providers;
  private final Landings landings;
  private final Handshakes handshakes;
  private final Welcome welcome;
  private final CollectTokens collect;
  private final HandOver handOver;
  private final HostCookies cookies;
  private final SessionCookies pages;
  private final FederationSettings settings;
  private final Settings suite;

  FederationResource(
      Providers providers,
      Landings landings,
      Handshakes handshakes,
      Welcome welcome,
      CollectTokens collect,
      HandOver handOver,
      HostCookies cookies,
      SessionCookies pages,
      FederationSettings settings,
      Settings suite) {
    this.providers = providers;
    this.landings = landings;
    this.handshakes = handshakes;
    this.welcome = welcome;
    this.collect = collect;
    this.handOver = handOver;
    this.cookies = cookies;
    this.pages = pages;
    this.settings = settings;
    this.suite = suite;
  }

  /**
   * A provider at which people may sign in.
   *
   * @param title what people call it
   * @param loginUrl where the browser goes to begin
   */
  public record ProviderView(String name, String title, URI loginUrl) {}

  /**
   * What a ticket is exchanged with.
   *
   * @param verifier of the program whose challenge began the sign-in; a page shows its cookie
   *     instead
   * @param code of the second factor, where there is one
   */
  public record TicketRequest(
      @NotBlank @Size(max = 100) String ticket,
      @Nullable @Size(min = 43, max = 128) String verifier,
      @Nullable @Size(max = 40) String code,
      @Nullable Delivery session) {
    @Override
    public String toString() {
      return "TicketRequest[…]";
    }
  }

  @GET
  @Path("/providers")
  @Operation(summary = "Where people may sign in")
  public Page<ProviderView> providers() {
    return new Page<>(
        providers.all().stream()
            .map(provider ->
                new ProviderView(
                    provider.name(),
                    provider.title(),
                    URI.create(suite.publicUrl() + "/api/auth/oidc/" + provider.name() + "/login")))
            .toList(),
        null,
        null);
  }

  @GET
  @Path("/{provider}/login")
  @Operation(
      summary = "Begin to sign in at a provider, in a browser",
      description =
          "Leads to the provider and then back. A page gives returnTo, a path here, /app/ by"
              + " default: it finds itself with a cookie session, or with #ticket=… if a second"
              + " factor is still to be given, or with #problem=<code>. A program gives"
              + " redirectUri (http on the own machine, or an allowed origin) and codeChallenge"
              + " (RFC 7636, S256): its address is called with ?ticket=… or ?problem=<code>.")
  @APIResponse(responseCode = "303", description = "To the provider")
  public Response login(
      @RestPath String provider,
      @RestQuery @Nullable @Size(max = 2000) String returnTo,
      @RestQuery @Nullable @Size(max = 2000) String redirectUri,
      @RestQuery @Nullable @Size(max = 100) String codeChallenge,
      @Context HttpServerRequest http) {
    Provider chosen = providers.named(provider);
    Landing landing = landings.of(returnTo, redirectUri, codeChallenge);
    // Two tabs of a browser may each have a sign-in under way.
    OpaqueToken browser = browser(http).orElseGet(OpaqueToken::random);
    Handshake.Secrets secrets =
        handshakes.begin(new Handshake(provider, Holder.of(browser), landing));
    return leadTo(chosen.doorFor(secrets))
        .cookie(cookies.make(BROWSER, browser.value(), settings.patience(), NewCookie.SameSite.LAX))
        .build();
  }

  @GET
  @Path("/{provider}/callback")
  @Operation(
      summary = "Where the provider sends the browser back to",
      description =
          "Refusals: oidc_denied, oidc_email_unverified, oidc_account_unverified,"
              + " oidc_account_linked, oidc_answer_invalid, oidc_provider_unavailable; and"
              + " oidc_state_invalid, always as a problem, since it isn't known who waits where.")
  @APIResponse(responseCode = "303", description = "To where the sign-in was begun")
  public Response callback(
      @RestPath String provider,
      @RestQuery @Nullable String code,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String error,
      @Context HttpServerRequest http) {
    Provider asked = providers.named(provider);
    OpaqueToken presented = new OpaqueToken(state == null ? "" : state);
    Handshake handshake =
        browser(http)
            .flatMap(browser -> handshakes.take(presented, provider, Holder.of(browser)))
            .orElseThrow(FederationError.OIDC_STATE_INVALID::problem);
    try {
      if (code == null || code.isBlank() || error != null) {
        throw FederationError.OIDC_DENIED.problem();
      }
      ForeignIdentity identity =
          asked.identify(new AuthorizationCode(code), handshakes.secretsOf(presented));
      return landed(
          handshake.landing(), welcome.welcome(asked, identity, handshake, Device.of(http)));
    } catch (ProblemException refusal) {
      if (handshake.landing().isPage() && !isReadByAPerson(http)) {
        throw refusal;
      }
      return leadTo(handshake.landing().with(PROBLEM, refusal.code().code())).build();
    }
  }

  @POST
  @Path("/token")
  @Operation(
      summary = "Exchange a ticket for tokens",
      description =
          "Once, within ten minutes, by whoever began the sign-in: a page by its cookie, a program"
              + " by its verifier. 401 two_factor_required, invalid_code; 400 oidc_ticket_invalid.")
  @APIResponseSchema(TokensView.class)
  public Response collect(@NotNull @Valid TicketRequest request, HttpServerRequest http) {
    return handOver.answer(
        200,
        collect.collect(
            new OpaqueToken(request.ticket()),
            holder(request, http),
            request.code(),
            Device.of(http)),
        request.session() == null ? Delivery.TOKEN : request.session());
  }

  private Holder holder(TicketRequest request, HttpServerRequest http) {
    if (request.verifier() != null) {
      return Holder.of(new OpaqueToken(request.verifier()));
    }
    pages.requireOwnPage(http);
    return browser(http).map(Holder::of).orElseThrow(FederationError.OIDC_TICKET_INVALID::problem);
  }

  private Response landed(Landing landing, Welcome.Outcome outcome) {
    return switch (outcome) {
      case Welcome.Outcome.SignedIn in ->
          leadTo(landing.address()).cookie(handOver.cookies(in.tokens())).build();
      case Welcome.Outcome.Ticketed ticketed ->
          leadTo(landing.with("ticket", ticketed.ticket().value())).build();
    };
  }

  /** What leads somewhere with a secret is kept by nobody on the way, nor told to the next. */
  private static Response.ResponseBuilder leadTo(URI address) {
    return Response.seeOther(address)
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer");
  }

  private Optional<OpaqueToken> browser(HttpServerRequest http) {
    return cookies
        .read(http, BROWSER)
        .filter(value -> BROWSER_VALUE.matcher(value).matches())
        .map(OpaqueToken::new);
  }

  private static boolean isReadByAPerson(HttpServerRequest http) {
    String accept = http.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(MediaType.TEXT_HTML);
  }
}
