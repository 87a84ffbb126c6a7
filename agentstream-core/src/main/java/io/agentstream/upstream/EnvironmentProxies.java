package io.agentstream.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses proxies by the variables {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and
 * {@code no_proxy}, in lower or upper case; the JDK itself supports only system properties. A user
 * and a password in a proxy's URL are not sent. {@code no_proxy} lists host names, which cover
 * their subdomains, with or without a port, IP addresses, blocks of them such as {@code
 * 10.0.0.0/8}, or {@code *}; localhost and loopback addresses never go through a proxy. Immutable.
 */
public final class EnvironmentProxies extends ProxySelector {

  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final @Nullable Proxy http;
  private final @Nullable Proxy https;
  private final ProxyExceptions excepted;

  private EnvironmentProxies(
      @Nullable Proxy http, @Nullable Proxy https, ProxyExceptions excepted) {
    this.http = http;
    this.https = https;
    this.excepted = excepted;
  }

  /**
   * Reads the variables of {@code environment}; blank counts as absent.
   *
   * @throws IllegalArgumentException if a variable is malformed; the message names it and a correct
   *     form, but does not quote its value, which may contain a password
   */
  public static EnvironmentProxies of(Map<String, String> environment) {
    Proxy all = proxy(environment, "all_proxy");
    Proxy http = proxy(environment, "http_proxy");
    Proxy https = proxy(environment, "https_proxy");
    return new EnvironmentProxies(
        http == null ? all : http, https == null ? all : https, excepted(environment));
  }

  /** Returns true if a proxy is configured. */
  public boolean isEmpty() {
    return http == null && https == null;
  }

  @Override
  public List<Proxy> select(URI uri) {
    Proxy proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
    return proxy == null || excepted.cover(uri) ? DIRECT : List.of(proxy);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The call fails with it, and says so.
  }

  private static ProxyExceptions excepted(Map<String, String> environment) {
    String variable = variable(environment, "no_proxy");
    try {
      return ProxyExceptions.of(value(environment, variable));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          variable
              + " must be a list of host names and addresses, such as"
              + " localhost,.example.com,10.0.0.0/8: write no http:// and no path in it");
    }
  }

  private static @Nullable Proxy proxy(Map<String, String> environment, String name) {
    String variable = variable(environment, name);
    String value = value(environment, variable);
    if (value.isEmpty()) {
      return null;
    }
    try {
      URI uri = URI.create(value.contains("://") ? value : "http://" + value);
      if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
        int port = uri.getPort() == -1 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the value, which may contain a password.
    }
    throw new IllegalArgumentException(
        variable
            + " must be the URL of an HTTP proxy, such as http://proxy.example:3128; https:// and"
            + " socks:// proxies cannot be used");
  }

  /** Returns the spelling of a variable's name that is set; small letters come first. */
  private static String variable(Map<String, String> environment, String name) {
    String capitals = name.toUpperCase(Locale.ROOT);
    boolean small = !value(environment, name).isEmpty() || value(environment, capitals).isEmpty();
    return small ? name : capitals;
  }

  private static String value(Map<String, String> environment, String variable) {
    return environment.getOrDefault(variable, "").strip();
  }
}
