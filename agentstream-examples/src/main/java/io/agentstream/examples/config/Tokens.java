package io.agentstream.examples.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users and their bearer tokens: {@code user:token}, one on each line of a file, or separated
 * by commas in {@code AGENTSTREAM_TOKENS}. A user may have several tokens, so that a new one can be
 * handed out before the old one is withdrawn. Only hashes are kept. Immutable.
 */
public final class Tokens {

  static final String VARIABLE = "AGENTSTREAM_TOKENS";

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads both places.
   *
   * @param file null for none
   * @throws ConfigException with the place and the reason, but no token
   */
  public static Tokens read(@Nullable Path file, Map<String, String> environment)
      throws ConfigException {
    List<Entry> entries = new ArrayList<>();
    if (file != null) {
      List<String> lines = linesOf(file);
      for (int i = 0; i < lines.size(); i++) {
        add(lines.get(i), file + ": line " + (i + 1), entries);
      }
      if (entries.isEmpty()) {
        throw ConfigException.at(file.toString(), "holds no token; write user:token on a line");
      }
    }
    String[] listed = environment.getOrDefault(VARIABLE, "").split(",", -1);
    for (int i = 0; i < listed.length; i++) {
      add(listed[i], VARIABLE + ": entry " + (i + 1), entries);
    }
    return new Tokens(entries);
  }

  private static List<String> linesOf(Path file) throws ConfigException {
    return ConfigException.textOf(file).lines().toList();
  }

  private static void add(String text, String place, List<Entry> to) throws ConfigException {
    String entry = text.strip();
    if (entry.isEmpty() || entry.startsWith("#")) {
      return;
    }
    int colon = entry.indexOf(':');
    String user = colon < 0 ? "" : entry.substring(0, colon).strip();
    String token = entry.substring(colon + 1).strip();
    if (user.isEmpty()) {
      throw ConfigException.at(place, "must be user:token");
    }
    String weakness = TokenStrength.weaknessOf(token);
    if (weakness != null) {
      throw ConfigException.at(
          place, "the token of '" + user + "' " + weakness + "; " + TokenStrength.REMEDY);
    }
    Entry added = new Entry(user, hash(token));
    for (Entry other : to) {
      if (other.hash.equals(added.hash) && !other.user.equals(user)) {
        throw ConfigException.at(
            place,
            "'"
                + user
                + "' has the same token as '"
                + other.user
                + "'; give each user another one: "
                + TokenStrength.REMEDY);
      }
    }
    to.add(added);
  }

  /** Returns true if there are no tokens. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns the token's user, if any. Takes the same time for every token, valid or not. */
  public Optional<String> userOf(String token) {
    byte[] hash = hash(token).getBytes(StandardCharsets.US_ASCII);
    String user = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash.getBytes(StandardCharsets.US_ASCII), hash)) {
        user = entry.user;
      }
    }
    return Optional.ofNullable(user);
  }

  /** Returns the users, without their tokens. */
  @Override
  public String toString() {
    return "Tokens" + entries.stream().map(Entry::user).distinct().toList();
  }

  private static String hash(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }

  private record Entry(String user, String hash) {}
}
