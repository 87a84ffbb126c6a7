package io.agentstream.http.door;

import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Handshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Protects users from foreign pages. A browser adds a user's cookies to what any page sends, so a
 * request that may be a browser's must prove that an allowed page has sent it.
 */
final class CrossSite {

  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String HEADERS =
      "Agentstream-Name, Agentstream-Share, Authorization, Content-Type, Idempotency-Key, Last-Event-ID";
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9, -]{1,1000}");
  private static final String READABLE = "Location, Retry-After, WWW-Authenticate";
  private static final String PREFLIGHT_SECONDS = "600";

  private final AllowedOrigins origins;

  CrossSite(AllowedOrigins origins) {
    this.origins = origins;
  }

  /** Returns true if the request may be served. */
  boolean admits(HttpServletRequest request, Handshake handshake) {
    if (!origins.allows(handshake)) {
      return false;
    }
    if (handshake.header("Origin") != null) {
      return true;
    }
    String site = handshake.header("Sec-Fetch-Site");
    if (site != null) {
      return !FOREIGN.contains(site);
    }
    // No browser of today, or no browser at all: then a cookie alone proves nothing.
    return SAFE.contains(request.getMethod())
        || handshake.header("Cookie") == null
        || handshake.header("Authorization") != null;
  }

  /** Lets pages of a listed origin read the response; without a list, no header is sent. */
  void allowReading(@Nullable String origin, HttpServletResponse response) {
    if (origin != null && origins.lists(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Credentials", "true");
      response.setHeader("Access-Control-Expose-Headers", READABLE);
    }
    response.addHeader("Vary", "Origin");
  }

  /** Answers a preflight of a listed origin; returns false if the request is none. */
  boolean answersPreflight(HttpServletRequest request, HttpServletResponse response) {
    String origin = request.getHeader("Origin");
    if (!"OPTIONS".equals(request.getMethod()) || origin == null || !origins.lists(origin)) {
      return false;
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setHeader("Access-Control-Allow-Methods", METHODS);
    // Clients of other formats send headers of their own, and the origin is trusted.
    String asked = request.getHeader("Access-Control-Request-Headers");
    boolean named = asked != null && NAMES.matcher(asked).matches();
    response.setHeader("Access-Control-Allow-Headers", named ? asked : HEADERS);
    response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    return true;
  }
}
