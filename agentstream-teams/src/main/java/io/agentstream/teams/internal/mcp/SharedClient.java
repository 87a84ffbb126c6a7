package io.agentstream.teams.internal.mcp;

import java.net.URI;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of all connections to one server, since each client has a thread of its own. It
 * is made with the first connection. Thread-safe.
 */
final class SharedClient {

  private @Nullable HttpClient client;

  /** Returns the client for a server with a URL. */
  synchronized HttpClient of(URI url, McpSettings settings) {
    HttpClient known = client;
    if (known == null) {
      boolean plain = "http".equalsIgnoreCase(url.getScheme());
      known =
          HttpClient.newBuilder()
              .connectTimeout(settings.timeout())
              .followRedirects(HttpClient.Redirect.NEVER)
              // An offer of HTTP/2 confuses small servers on plain http.
              .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
              .build();
      client = known;
    }
    return known;
  }
}
