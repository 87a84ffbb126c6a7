package io.agentstream.examples.config;

import io.agentstream.identity.AllowedHosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code server}. */
final class ServerSection {

  private static final String HOSTS = "hosts";
  private static final String PROXIES = "trusted_proxies";
  private static final String CONNECTIONS = "http_connections";
  private static final String PER_ADDRESS = "http_connections_per_address";
  private static final String REQUEST = "request_seconds";
  private static final String OPENAI = "openai";
  private static final String SPEAKER_NAMES = "speaker_names";
  private static final String AG_UI = "ag_ui";
  private static final Set<String> KEYS =
      Set.of(HOSTS, PROXIES, CONNECTIONS, PER_ADDRESS, REQUEST, OPENAI, SPEAKER_NAMES, AG_UI);
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final int LONGEST_REQUEST_SECONDS = 600;

  private ServerSection() {}

  static HttpSpec read(Section root) throws ConfigException {
    HttpSpec defaults = HttpSpec.defaults();
    Section section = root.section("server", KEYS);
    if (section == null) {
      return defaults;
    }
    return new HttpSpec(
        hosts(section),
        proxies(section),
        or(section.wholeNumber(CONNECTIONS, 1, MOST_CONNECTIONS), defaults.connections()),
        or(section.wholeNumber(PER_ADDRESS, 1, MOST_CONNECTIONS), defaults.connectionsPerAddress()),
        Duration.ofSeconds(
            or(
                section.wholeNumber(REQUEST, 1, LONGEST_REQUEST_SECONDS),
                (int) defaults.request().toSeconds())),
        formats(section));
  }

  private static FormatsSpec formats(Section section) throws ConfigException {
    return new FormatsSpec(
        isOn(section, OPENAI), isOn(section, SPEAKER_NAMES), isOn(section, AG_UI));
  }

  private static boolean isOn(Section section, String key) throws ConfigException {
    return !Boolean.FALSE.equals(section.yesOrNo(key));
  }

  /**
   * Checks names as {@link AllowedHosts#of} does.
   *
   * @param place the list's key, for the error message
   */
  static List<String> checked(List<String> hosts, String place) throws ConfigException {
    for (String host : hosts) {
      try {
        AllowedHosts.of(host);
      } catch (IllegalArgumentException e) {
        throw ConfigException.at(place, String.valueOf(e.getMessage()));
      }
    }
    return hosts;
  }

  private static List<String> hosts(Section section) throws ConfigException {
    List<String> hosts = section.texts(HOSTS);
    return hosts == null ? List.of() : checked(hosts, "server." + HOSTS);
  }

  private static List<AddressRange> proxies(Section section) throws ConfigException {
    List<AddressRange> ranges = new ArrayList<>();
    List<String> texts = section.texts(PROXIES);
    for (String text : texts == null ? List.<String>of() : texts) {
      try {
        ranges.add(AddressRange.parse(text));
      } catch (IllegalArgumentException e) {
        throw section.wrong(
            PROXIES + "[" + ranges.size() + "]",
            "must be an address or a range in digits, such as 127.0.0.1 or 10.0.0.0/8");
      }
    }
    return ranges;
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
