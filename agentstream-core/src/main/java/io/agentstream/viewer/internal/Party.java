package io.agentstream.viewer.internal;

import io.agentstream.identity.User;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The party to which usage counts.
 *
 * @param name a user's id or a network's address; empty if there is only one party of the kind
 */
public record Party(Kind kind, String name) {

  /** The kinds of parties. */
  public enum Kind {
    /** A user who has authenticated. */
    USER,
    /** All anonymous viewers of one address. */
    ADDRESS,
    /** All viewers of whom neither a user nor an address is known. */
    UNKNOWN,
    /** All unknown users whose conversations this node continues after another or a restart. */
    TAKEN_OVER,
    /** The program that the hub is a part of. */
    APPLICATION
  }

  /** The party of all unknown viewers. */
  public static final Party UNKNOWN = new Party(Kind.UNKNOWN, "");

  private static final Party TAKEN_OVER = new Party(Kind.TAKEN_OVER, "");

  /** The program itself. */
  public static final Party APPLICATION = new Party(Kind.APPLICATION, "");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final int NETWORK_BYTES = 8;
  private static final int LONGEST_NAME = 64;

  /**
   * Returns whom a viewer's commands count for.
   *
   * @param network a result of {@link #network}
   */
  static Party of(@Nullable User user, @Nullable String network) {
    if (user != null && !user.anonymous()) {
      return new Party(Kind.USER, user.id());
    }
    return network == null ? UNKNOWN : new Party(Kind.ADDRESS, network);
  }

  /**
   * Returns the party that a conversation counts for after a takeover: the user who started it, or
   * all unknown ones together, because nothing keeps their addresses.
   *
   * @param owner null if unknown
   */
  public static Party ofHandover(@Nullable User owner) {
    return owner == null || owner.anonymous() ? TAKEN_OVER : new Party(Kind.USER, owner.id());
  }

  /**
   * Returns the network that an address counts for: of IPv6 the first 64 bits, which one customer
   * of a provider has for themselves, else the address.
   *
   * @param address null if unknown
   */
  static @Nullable String network(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return null;
    }
    String bare = address.strip().split("%", 2)[0].replace("[", "").replace("]", "");
    if (bare.contains(":") && IPV6.matcher(bare).matches()) {
      try {
        // An IP literal, so no name is looked up.
        byte[] bytes = InetAddress.getByName(bare).getAddress();
        return bytes.length > NETWORK_BYTES
            ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64"
            : InetAddress.getByAddress(bytes).getHostAddress();
      } catch (UnknownHostException e) {
        // Not an IP address; the text itself serves as the name.
      }
    }
    return address.substring(0, Math.min(address.length(), LONGEST_NAME));
  }

  /** Returns true if it stands for any number of users. */
  public boolean isCrowd() {
    return kind == Kind.UNKNOWN || kind == Kind.TAKEN_OVER;
  }

  /** Returns true if no user is known. */
  public boolean isStranger() {
    return kind == Kind.ADDRESS || kind == Kind.UNKNOWN;
  }
}
