package io.agentstream.internal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** Names the tools for handoffs. */
public final class HandoffTools {

  private static final String PREFIX = "transfer_to_";
  private static final int LONGEST_SLUG = 64 - PREFIX.length();

  private HandoffTools() {}

  /**
   * Returns the name of the tool that hands over to this target, for example {@code
   * transfer_to_ann}. It has at most 64 ASCII letters, digits, {@code _} and {@code -}, because
   * providers accept no others. If other characters of a name are dropped, a checksum makes the
   * tool's name unique. Names that differ only in case have the same tool.
   *
   * @param target the name of an agent, or {@code user}
   */
  public static String nameFor(String target) {
    String plain = target.toLowerCase(Locale.ROOT).replace(' ', '_');
    String slug = plain.replaceAll("[^a-z0-9_-]+", "");
    if (slug.equals(plain) && slug.length() <= LONGEST_SLUG) {
      return PREFIX + slug;
    }
    CRC32 checksum = new CRC32();
    checksum.update(target.getBytes(StandardCharsets.UTF_8));
    String suffix = String.format(Locale.ROOT, "%08x", checksum.getValue());
    String kept = slug.substring(0, Math.min(slug.length(), LONGEST_SLUG - 9));
    return PREFIX + (kept.isEmpty() ? suffix : kept + "_" + suffix);
  }
}
