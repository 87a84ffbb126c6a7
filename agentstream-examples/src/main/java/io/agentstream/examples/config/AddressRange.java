package io.agentstream.examples.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
 *
 * @param network its first address
 * @param bits the number of leading bits that all of its addresses share
 */
public record AddressRange(InetAddress network, int bits) {

  /** Only digits, so that no name is looked up. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final Pattern BRACKETED = Pattern.compile("\\[([^]]*)](?::\\d{1,5})?");
  private static final Pattern WITH_PORT = Pattern.compile("([^:]*):\\d{1,5}");

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if the text is not a range
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
    int all = network.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException("Not an address range: " + text);
    }
    return new AddressRange(network, bits);
  }

  /**
   * Returns the address of {@code 192.0.2.7}, {@code 192.0.2.7:443}, {@code 2001:db8::1}, {@code
   * [2001:db8::1]} or {@code [2001:db8::1]:443}; null if the text is none of them.
   */
  public static @Nullable String addressIn(String text) {
    Matcher bracketed = BRACKETED.matcher(text);
    Matcher withPort = WITH_PORT.matcher(text);
    String bare =
        bracketed.matches() ? bracketed.group(1) : withPort.matches() ? withPort.group(1) : text;
    try {
      InetAddress unused = address(bare);
      return bare;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Returns true if the text is an IP address in this range. */
  public boolean contains(String address) {
    try {
      return contains(address(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean contains(InetAddress address) {
    byte[] own = network.getAddress();
    byte[] other = address.getAddress();
    int whole = bits / Byte.SIZE;
    if (own.length != other.length || !Arrays.equals(own, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    int mask = 0xff00 >> rest & 0xff;
    return rest == 0 || (own[whole] & mask) == (other[whole] & mask);
  }

  private static InetAddress address(String text) {
    String bare = text.indexOf('%') < 0 ? text : text.substring(0, text.indexOf('%'));
    if (!ADDRESS.matcher(bare).matches()) {
      throw new IllegalArgumentException("Not an IP address: " + text);
    }
    try {
      return InetAddress.getByName(bare);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not an IP address: " + text, e);
    }
  }
}
