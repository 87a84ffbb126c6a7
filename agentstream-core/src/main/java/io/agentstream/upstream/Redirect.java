package io.agentstream.upstream;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which redirects are followed: 307 and 308, which keep method and body, and only to the
 * same server, since the key in the headers is for no other. A step from http to https on the
 * default ports of one host counts as the same server.
 */
final class Redirect {

  private Redirect() {}

  /** Returns where to send the request again; null if the response is to be refused. */
  static @Nullable URI of(HttpRequest sent, ResponseInfo head) {
    if (head.statusCode() != 307 && head.statusCode() != 308) {
      return null;
    }
    try {
      URI target = head.headers().firstValue("Location").map(sent.uri()::resolve).orElse(null);
      return target != null && isSameServer(sent.uri(), target) ? target : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isSameServer(URI from, URI to) {
    if (from.getHost() == null || !from.getHost().equalsIgnoreCase(to.getHost())) {
      return false;
    }
    boolean same = scheme(from).equals(scheme(to)) && port(from) == port(to);
    return same || (port(from) == 80 && port(to) == 443 && scheme(to).equals("https"));
  }

  private static String scheme(URI uri) {
    return Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return scheme(uri).equals("https") ? 443 : 80;
  }
}
