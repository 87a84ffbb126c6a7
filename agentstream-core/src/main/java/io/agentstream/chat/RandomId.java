package io.agentstream.chat;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes ids that are hard to guess. */
final class RandomId {

  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomId() {}

  /** Returns 128 random bits in 22 characters. */
  static String next() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
