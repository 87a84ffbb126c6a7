package io.agentstream.examples.server;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Adds headers that restrict a browser to what the page needs. It works below the servlets, so that
 * every response has them.
 */
final class SecurityHeaders implements HttpConfiguration.Customizer {

  private static final List<HttpField> FIELDS =
      List.of(
          // 'self' covers the page's WebSocket too: same host and port, with ws for http.
          new HttpField(
              "Content-Security-Policy",
              "default-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
                  + " frame-ancestors 'none'; object-src 'none';"
                  + " require-trusted-types-for 'script'; trusted-types 'none'"),
          new HttpField("X-Content-Type-Options", "nosniff"),
          new HttpField("Referrer-Policy", "no-referrer"));

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    FIELDS.forEach(responseHeaders::put);
    return request;
  }
}
