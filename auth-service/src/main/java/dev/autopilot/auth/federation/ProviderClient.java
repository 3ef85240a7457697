package dev.autopilot.auth.federation;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import dev.autopilot.kernel.http.OutgoingClient;
import dev.autopilot.kernel.http.OutgoingRequest;
import dev.autopilot.kernel.http.OutgoingResponse;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Carries the library's questions to providers through the house's client, bounded in all ways. */
@ApplicationScoped
class ProviderClient implements HTTPRequestSender, ResourceRetriever {
  /** Documents and tokens are a few kilobytes; a key set with certificates some tens. */
  private static final long MAX_BYTES = 256 * 1024;

  private final OutgoingClient client;
  private final Duration timeout;

  ProviderClient(OutgoingClient client, FederationSettings settings) {
    this.client = client;
    this.timeout = settings.timeout();
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    String body = request.getBody();
    OutgoingRequest outgoing =
        OutgoingRequest.send(
            request.getMethod().name(),
            request.getURI(),
            body == null ? null : Buffer.buffer(body));
    for (var header : request.getHeaderMap().entrySet()) {
      outgoing = outgoing.header(header.getKey(), String.join(", ", header.getValue()));
    }
    return answer(outgoing);
  }

  /** Sends a request of the library's and gives what its parsers read. */
  HTTPResponse ask(HTTPRequest request) throws IOException {
    return request.send(this);
  }

  @Override
  public Resource retrieveResource(URL address) throws IOException {
    try {
      return new Resource(text(address.toURI()), "application/json");
    } catch (URISyntaxException malformed) {
      throw new IOException(malformed);
    }
  }

  /** A document, or an exception when there is none. */
  String text(URI address) throws IOException {
    HTTPResponse answer = answer(OutgoingRequest.get(address).header("Accept", "application/json"));
    String body = answer.getBody();
    if (answer.getStatusCode() != HTTPResponse.SC_OK || body == null) {
      throw new IOException(address + " answers " + answer.getStatusCode());
    }
    return body;
  }

  private HTTPResponse answer(OutgoingRequest request) throws IOException {
    OutgoingResponse answer;
    try {
      answer = client.send(request.toOperatorsChoice().within(timeout).atMost(MAX_BYTES));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a provider was asked");
    }
    HTTPResponse response = new HTTPResponse(answer.status());
    copy(answer, response, "Content-Type");
    copy(answer, response, "WWW-Authenticate");
    response.setBody(answer.text());
    return response;
  }

  private static void copy(OutgoingResponse from, HTTPResponse to, String header) {
    @Nullable String value = from.headers().get(header);
    if (value != null) {
      to.setHeader(header, value);
    }
  }
}
