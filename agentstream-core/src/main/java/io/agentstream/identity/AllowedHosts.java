package io.agentstream.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of a server's own host names. A page can make its own name resolve to this server (DNS
 * rebinding). The browser then treats page and server as one origin, and {@code Origin} and {@code
 * Host} are the same foreign name. Only a list of the server's own names detects this. Immutable.
 */
public final class AllowedHosts {

  private static final AllowedHosts ANY = new AllowedHosts(null);
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{0,5})?");

  private final @Nullable Set<String> names;

  private AllowedHosts(@Nullable Set<String> names) {
    this.names = names;
  }

  /** Allows every name. Sufficient only if no browser can reach the server under a foreign name. */
  public static AllowedHosts any() {
    return ANY;
  }

  /**
   * Allows only these names, with any port.
   *
   * @param names host names or IP addresses as in a URL, without a port, such as {@code
   *     chat.example.com}, {@code 192.0.2.7} or {@code [::1]}; compared without case
   * @throws IllegalArgumentException if a name is invalid, or the list is empty
   */
  public static AllowedHosts of(Collection<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("The list of hosts must not be empty");
    }
    Set<String> listed = new TreeSet<>();
    for (String name : names) {
      listed.add(checked(name));
    }
    return new AllowedHosts(listed);
  }

  /** Allows only these names; see {@link #of(Collection)}. */
  public static AllowedHosts of(String... names) {
    return of(List.of(names));
  }

  /**
   * Returns true if the handshake has one {@code Host} that is allowed. A client that sends none is
   * not a browser, and is allowed.
   */
  public boolean allows(Handshake handshake) {
    List<String> hosts = handshake.headers().getOrDefault("Host", List.of());
    return hosts.isEmpty() || (hosts.size() == 1 && allows(hosts.get(0))) || names == null;
  }

  /**
   * Returns true if the name is allowed.
   *
   * @param host as in the header {@code Host}, with or without a port
   */
  public boolean allows(String host) {
    String name = nameOf(host);
    return names == null || (name != null && names.contains(name));
  }

  private static String checked(String name) {
    String plain = nameOf(name);
    if (plain == null || name.endsWith(":") || !hasNoPort(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a host: give only the name, as in the browser's address, such as"
              + " chat.example.com, without scheme, port and path");
    }
    return plain;
  }

  private static boolean hasNoPort(String name) {
    return name.indexOf(':', name.lastIndexOf(']') + 1) < 0;
  }

  /** Returns the name in lower case without its port, or null if the text is not a host. */
  private static @Nullable String nameOf(String host) {
    Matcher parts = HOST.matcher(host);
    if (!parts.matches()) {
      return null;
    }
    String name = parts.group(1).toLowerCase(Locale.ROOT);
    return name.startsWith("[") ? canonical(name) : name;
  }

  /** Returns an IPv6 address in its canonical form, without a name lookup. */
  private static @Nullable String canonical(String address) {
    try {
      return "[" + InetAddress.getByName(address).getHostAddress() + "]";
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
