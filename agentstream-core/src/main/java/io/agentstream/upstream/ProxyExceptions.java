package io.agentstream.upstream;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that are reached without a proxy: names, which include their subdomains, addresses, and
 * blocks of addresses. Immutable.
 */
final class ProxyExceptions {

  private static final String NAME = "\\*|(\\*?\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?(:\\d{1,5})?";

  private final List<String> names;
  private final List<AddressBlock> blocks;

  private ProxyExceptions(List<String> names, List<AddressBlock> blocks) {
    this.names = names;
    this.blocks = blocks;
  }

  /**
   * Reads a list that commas or white space separate.
   *
   * @throws IllegalArgumentException if an entry is none of them
   */
  static ProxyExceptions of(String list) {
    List<String> entries =
        Arrays.stream(list.split("[,;\\s]+", -1))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .toList();
    List<AddressBlock> blocks =
        entries.stream().filter(AddressBlock::isLike).map(AddressBlock::of).toList();
    List<String> names = entries.stream().filter(entry -> !AddressBlock.isLike(entry)).toList();
    if (!names.stream().allMatch(name -> name.matches(NAME))) {
      throw new IllegalArgumentException("An entry is neither a name nor an address");
    }
    return new ProxyExceptions(names, blocks);
  }

  boolean cover(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    String withPort = host + ":" + port(uri);
    return names.stream().anyMatch(name -> covers(name, host) || covers(name, withPort))
        || (AddressBlock.isLike(host)
            && blocks.stream().anyMatch(block -> block.contains(AddressBlock.of(host))));
  }

  private static int port(URI uri) {
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    return uri.getPort() == -1 ? usual : uri.getPort();
  }

  private static boolean covers(String name, String host) {
    String bare = name.startsWith("*.") ? name.substring(2) : name;
    String domain = bare.startsWith(".") ? bare.substring(1) : bare;
    return domain.equals("*") || host.equals(domain) || host.endsWith("." + domain);
  }
}
