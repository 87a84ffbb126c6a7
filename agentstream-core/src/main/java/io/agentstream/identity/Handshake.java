package io.agentstream.identity;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The data of a connection's handshake.
 *
 * @param headers the HTTP request's headers, in any case; a name without values counts as absent
 * @param secure true if this server itself received it over TLS; false behind a proxy that
 *     terminates TLS
 * @param remoteAddress the peer's IP address, possibly a proxy's; null if the container does not
 *     provide it
 * @param principal the user that the container has authenticated, or null
 * @param subprotocol the selected subprotocol, or null
 */
public record Handshake(
    Map<String, List<String>> headers,
    boolean secure,
    @Nullable String remoteAddress,
    @Nullable String principal,
    @Nullable String subprotocol) {

  private static final Handshake NONE = new Handshake(Map.of(), false, null, null, null);

  /** Copies {@code headers} into a map that ignores the case of names. */
  public Handshake {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    headers = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns an empty handshake, for a connection that was made in another way, for example in a
   * test.
   */
  public static Handshake none() {
    return NONE;
  }

  /** Returns the first header of this name, in any case, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** Returns the first cookie of this name, unchanged, or null. */
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

  /** Returns a text without the headers, which contain secrets. */
  @Override
  public String toString() {
    return "Handshake[" + remoteAddress + ", " + subprotocol + "]";
  }
}
