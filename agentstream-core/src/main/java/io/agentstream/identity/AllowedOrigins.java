package io.agentstream.identity;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may connect. Browsers send a user's cookies for any page that opens a
 * WebSocket, so without this check any page on the web could act as its visitor. Clients without an
 * {@code Origin} are not browsers and have no user's cookies, so they are allowed.
 */
public final class AllowedOrigins {

  private static final AllowedOrigins SAME = new AllowedOrigins(null);
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final @Nullable Set<String> listed;

  private AllowedOrigins(@Nullable Set<String> listed) {
    this.listed = listed;
  }

  /**
   * Allows the server's own pages: {@code Origin} is {@code http} or {@code https} with the same
   * host and port as {@code Host}, and {@code https} if this server itself speaks TLS. A proxy must
   * pass {@code Host} on. A page that uses DNS rebinding passes too, unless the server's names are
   * {@linkplain io.agentstream.hub.ConversationHubBuilder#allowedHosts listed}.
   */
  public static AllowedOrigins same() {
    return SAME;
  }

  /**
   * Allows only these origins. The server's own origin is refused too unless it is listed.
   *
   * @param origins as browsers send them, such as {@code https://chat.example.com}: without a path,
   *     and without a port if it is the scheme's default
   * @throws IllegalArgumentException if an origin is invalid, or the list is empty
   */
  public static AllowedOrigins of(Collection<String> origins) {
    if (origins.isEmpty()) {
      throw new IllegalArgumentException("The list of origins must not be empty");
    }
    Set<String> listed = new TreeSet<>();
    for (String origin : origins) {
      listed.add(checked(origin));
    }
    return new AllowedOrigins(listed);
  }

  /** Allows only these origins; see {@link #of(Collection)}. */
  public static AllowedOrigins of(String... origins) {
    return of(List.of(origins));
  }

  /**
   * Returns false if a connection with this {@code Origin} is refused regardless of its other
   * headers, so that adapters can refuse it early. Otherwise {@link #allows} decides.
   */
  public boolean mayAllow(@Nullable String origin) {
    return origin == null || origin.isEmpty() || listed == null || lists(origin);
  }

  /** Returns true if the connection is allowed. */
  public boolean allows(Handshake handshake) {
    List<String> origins = handshake.headers().getOrDefault("Origin", List.of());
    if (origins.isEmpty()) {
      return true;
    }
    String origin = origins.get(0);
    return origins.size() == 1 && (listed == null ? isSame(origin, handshake) : lists(origin));
  }

  /** Returns true if there is a list and this origin is on it. */
  public boolean lists(String origin) {
    return listed != null && listed.contains(origin.toLowerCase(Locale.ROOT));
  }

  private static boolean isSame(String origin, Handshake handshake) {
    String host = handshake.header("Host");
    URI page = parse(origin);
    if (host == null || page == null || !isWeb(page) || (handshake.secure() && !isHttps(page))) {
      return false;
    }
    // A missing port is the default of the page's scheme, because behind a proxy the server does
    // not know its own.
    URI server = parse(page.getScheme() + "://" + host);
    return server != null
        && server.getHost().equalsIgnoreCase(page.getHost())
        && port(server) == port(page);
  }

  private static String checked(String origin) {
    URI uri = parse(origin);
    if (uri == null) {
      throw new IllegalArgumentException(
          "'"
              + origin
              + "' is not an origin: give only scheme, host and port, such as"
              + " https://chat.example.com or http://localhost:8080");
    }
    if (uri.getPort() == defaultPort(uri)) {
      throw new IllegalArgumentException(
          "'" + origin + "': leave out the port, since browsers do where it is the default");
    }
    return origin.toLowerCase(Locale.ROOT);
  }

  /** Parses an origin; returns null if the text is not an origin. */
  private static @Nullable URI parse(String origin) {
    try {
      URI uri = URI.create(origin);
      boolean bare =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
      return bare && uri.getScheme() != null && uri.getHost() != null ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int port(URI uri) {
    return uri.getPort() < 0 ? defaultPort(uri) : uri.getPort();
  }

  private static int defaultPort(URI uri) {
    return isHttps(uri) ? HTTPS : HTTP;
  }

  /** Pages of extensions and files have origins too, with an arbitrary host. */
  private static boolean isWeb(URI uri) {
    return isHttps(uri) || "http".equalsIgnoreCase(uri.getScheme());
  }

  private static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }
}
