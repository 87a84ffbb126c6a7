package io.agentstream.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An IP address, or a block of addresses such as {@code 10.0.0.0/8}. Never looks up a name.
 *
 * @param bits the number of significant leading bits
 */
record AddressBlock(InetAddress address, int bits) {

  private static final Pattern LIKE =
      Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+|\\[?[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*]?)(/\\d+)?");

  /** Returns whether a text is written as an address or a block of them. */
  static boolean isLike(String text) {
    return LIKE.matcher(text).matches();
  }

  /**
   * Reads a text that {@link #isLike} one.
   *
   * @throws IllegalArgumentException if the text is invalid nevertheless
   */
  static AddressBlock of(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    try {
      InetAddress address = InetAddress.getByName(literal);
      int most = address.getAddress().length * Byte.SIZE;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits > most) {
        throw new IllegalArgumentException("More bits than an address has");
      }
      return new AddressBlock(address, bits);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns whether an address lies in this block. */
  boolean contains(AddressBlock other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.address.getAddress();
    if (mine.length != theirs.length || other.bits < bits) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
