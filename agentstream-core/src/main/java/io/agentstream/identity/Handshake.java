package io.agentstream.identity;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection from how it began.
 *
 * @param headers of the HTTP request, in whatever case; a name without values counts as absent
 * @param secure whether it came to this server over TLS; false behind a proxy that ends the TLS
 * @param remoteAddress who connected, as an IP address: a proxy, where there is one; null where the
 *     container does not tell
 * @param principal the user whom the container itself has authenticated; null for none
 * @param subprotocol the one agreed on; null for none
 */
public record Handshake(
    Map<String, List<String>> headers,
    boolean secure,
    @Nullable String remoteAddress,
    @Nullable String principal,
    @Nullable String subprotocol) {

  private static final Handshake NONE = new Handshake(Map.of(), false, null, null, null);

  /** Keeps a copy of {@code headers} that ignores the case of names. */
  public Handshake {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    headers = Collections.unmodifiableMap(copy);
  }

  /** That of a connection which came about in another way, for example in a test. */
  public static Handshake none() {
    return NONE;
  }

  /** The first header of this name, in whatever case; null if there is none. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The first cookie of this name, as it was sent; null if there is none. */
  public @Nullable String cookie(String name) {
    for (String header : headers.getOrDefault("Cookie", List.of())) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          return pair.substring(equals + 1).strip();
        }
      }
    }
    return null;
  }

  /** Without the headers, which hold secrets. */
  @Override
  public String toString() {
    return "Handshake[" + remoteAddress + ", " + subprotocol + "]";
  }
}
