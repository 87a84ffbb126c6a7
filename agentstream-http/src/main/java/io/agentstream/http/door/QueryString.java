package io.agentstream.http.door;

import io.agentstream.event.ErrorCode;
import io.agentstream.wire.ProtocolException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a query string. The container's own parameters would read the body too. */
final class QueryString {

  private QueryString() {}

  /**
   * Returns the value of a parameter; null if it is missing.
   *
   * @throws ProtocolException if it is repeated or malformed
   */
  static @Nullable String value(@Nullable String query, String name) throws ProtocolException {
    String found = null;
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (key.equals(name)) {
        if (found != null) {
          throw wrong(name, "must stand once");
        }
        found = equals < 0 ? "" : pair.substring(equals + 1);
      }
    }
    return found == null ? null : decoded(name, found);
  }

  private static String decoded(String name, String value) throws ProtocolException {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "is not percent-encoded");
    }
  }

  private static ProtocolException wrong(String name, String what) {
    return new ProtocolException(
        ErrorCode.INVALID_FIELD, "The parameter '" + name + "' " + what + ".", null);
  }
}
