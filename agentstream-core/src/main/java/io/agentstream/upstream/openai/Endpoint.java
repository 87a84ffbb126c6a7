package io.agentstream.upstream.openai;

import java.net.IDN;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a model server.
 *
 * @param chatCompletions the address, with the base URL's query
 */
record Endpoint(URI chatCompletions) {

  private static final String OPENAI = "api.openai.com";

  private static final String PATH = "/chat/completions";

  /** A suffix that people often copy along with a base URL. */
  private static final List<String> OPERATIONS =
      List.of(PATH, "/completions", "/responses", "/embeddings", "/models");

  private static final int MAX_PORT = 65_535;

  private static final String EXAMPLE = "such as http://localhost:11434/v1";

  /**
   * Reads a base URL.
   *
   * @throws IllegalArgumentException says what to write instead; without a password that is in it
   */
  static Endpoint of(String baseUrl) {
    URI uri = parse(baseUrl.strip());
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String operation = operation(path.toLowerCase(Locale.ROOT));
    if (operation != null) {
      String base = path.substring(0, path.length() - operation.length());
      throw new IllegalArgumentException(
          "must be the base URL without " + operation + ": write " + join(uri, base));
    }
    return new Endpoint(URI.create(join(uri, path + PATH)));
  }

  private static @Nullable String operation(String path) {
    return OPERATIONS.stream().filter(path::endsWith).findFirst().orElse(null);
  }

  private static URI parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw noUrl(text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getRawUserInfo() != null || hasUserInfo(uri)) {
      throw new IllegalArgumentException(
          "must not hold a user or a password: take everything up to the @ out, and give the key"
              + " as api_key_env or in headers");
    }
    boolean isHttp = scheme.equals("http") || scheme.equals("https");
    if (isHttp && uri.getHost() == null && uri.getRawAuthority() != null) {
      return withHost(uri, text);
    }
    if (!isHttp || uri.getHost() == null) {
      throw noUrl(text);
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("must have a port from 1 to " + MAX_PORT);
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must not hold a #: write " + join(uri, uri.getRawPath()));
    }
    return uri;
  }

  /** Reads a URL whose host {@code URI} does not accept: letters beyond ASCII, or a {@code _}. */
  private static URI withHost(URI uri, String text) {
    String authority = uri.getRawAuthority();
    if (authority.indexOf('_') >= 0) {
      throw new IllegalArgumentException(
          "must have a host name without _, which Java's HTTP client refuses: give the server"
              + " another name, such as a network alias in Docker Compose");
    }
    String ascii;
    try {
      ascii = IDN.toASCII(authority);
    } catch (IllegalArgumentException e) {
      throw noUrl(text);
    }
    if (ascii.equalsIgnoreCase(authority)) {
      throw noUrl(text);
    }
    return parse(text.replaceFirst(Pattern.quote(authority), Matcher.quoteReplacement(ascii)));
  }

  private static boolean hasUserInfo(URI uri) {
    return uri.getRawAuthority() != null && uri.getRawAuthority().contains("@");
  }

  private static IllegalArgumentException noUrl(String text) {
    boolean hostAlone = text.matches("[A-Za-z0-9.-]+(:\\d{1,5})?(/[A-Za-z0-9._/-]*)?");
    String instead =
        hostAlone && !text.startsWith("http")
            ? "write http://" + text + " or https://" + text
            : EXAMPLE;
    return new IllegalArgumentException(
        "must be a URL that begins with http:// or https://, " + instead);
  }

  private static String join(URI uri, String path) {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return uri.getScheme() + "://" + uri.getRawAuthority() + path + query;
  }

  /** Returns true if the server is OpenAI's own, or one of its regions' ({@code eu.…}). */
  boolean isOpenAi() {
    String host = chatCompletions.getHost().toLowerCase(Locale.ROOT);
    return host.equals(OPENAI) || host.endsWith("." + OPENAI);
  }

  /** Returns the host and the port, for the log. */
  String server() {
    return chatCompletions.getRawAuthority();
  }
}
