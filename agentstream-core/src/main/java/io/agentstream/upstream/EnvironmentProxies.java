package io.agentstream.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses proxies as {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and {@code
 * no_proxy} say, in small or capital letters; the JDK itself knows system properties alone. A user
 * and a password in a proxy's URL are not sent. {@code no_proxy} lists host names, which cover
 * their subdomains, with or without a port, or {@code *}; localhost and loopback addresses never go
 * through a proxy. Immutable.
 */
public final class EnvironmentProxies extends ProxySelector {

  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final @Nullable Proxy http;
  private final @Nullable Proxy https;
  private final List<String> excepted;

  private EnvironmentProxies(@Nullable Proxy http, @Nullable Proxy https, List<String> excepted) {
    this.http = http;
    this.https = https;
    this.excepted = excepted;
  }

  /**
   * Reads the variables of {@code environment}.
   *
   * @throws IllegalArgumentException if one that names a proxy is no URL; names the variable
   */
  public static EnvironmentProxies of(Map<String, String> environment) {
    Proxy all = proxy(environment, "all_proxy");
    Proxy http = proxy(environment, "http_proxy");
    Proxy https = proxy(environment, "https_proxy");
    String no = value(environment, "no_proxy");
    List<String> excepted =
        Arrays.stream(no.split("[,\\s]+", -1))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .toList();
    return new EnvironmentProxies(http == null ? all : http, https == null ? all : https, excepted);
  }

  /** Whether any proxy is named. */
  public boolean isEmpty() {
    return http == null && https == null;
  }

  @Override
  public List<Proxy> select(URI uri) {
    Proxy proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
    return proxy == null || isExcepted(uri) ? DIRECT : List.of(proxy);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The call fails with it, and says so.
  }

  private boolean isExcepted(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    String withPort = host + ":" + uri.getPort();
    return excepted.stream().anyMatch(name -> covers(name, host) || name.equals(withPort));
  }

  private static boolean covers(String name, String host) {
    String bare = name.startsWith("*.") ? name.substring(2) : name;
    String domain = bare.startsWith(".") ? bare.substring(1) : bare;
    return domain.equals("*") || host.equals(domain) || host.endsWith("." + domain);
  }

  private static @Nullable Proxy proxy(Map<String, String> environment, String name) {
    String value = value(environment, name);
    if (value.isEmpty()) {
      return null;
    }
    try {
      URI uri = URI.create(value.contains("://") ? value : "http://" + value);
      if (uri.getHost() != null && !"socks5".equalsIgnoreCase(uri.getScheme())) {
        int port = uri.getPort() == -1 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      // Said below, without the value, which may hold a password.
    }
    throw new IllegalArgumentException(
        name + " must be the URL of an HTTP proxy, such as http://proxy.example:3128");
  }

  private static String value(Map<String, String> environment, String name) {
    String small = environment.getOrDefault(name, "").strip();
    return small.isEmpty()
        ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : small;
  }
}
