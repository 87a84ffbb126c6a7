package io.agentstream.sharing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes the secrets of links, and the digests that are kept in their place. */
final class ShareTokens {

  /** 256 bits, so that a digest without salt gives nothing away. */
  private static final int TOKEN_BYTES = 32;

  private static final int ID_BYTES = 9;

  private static final SecureRandom RANDOM = new SecureRandom();

  private ShareTokens() {}

  static String newToken() {
    return random(TOKEN_BYTES);
  }

  static String newId() {
    return random(ID_BYTES);
  }

  static String digest(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Compares digests in a time that does not depend on their contents. */
  static boolean isSame(String digest, String other) {
    return MessageDigest.isEqual(
        digest.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
