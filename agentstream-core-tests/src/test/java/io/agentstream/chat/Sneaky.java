package io.agentstream.chat;

/** Throws what no signature declares, as code in Kotlin or with Lombok's SneakyThrows does. */
final class Sneaky {

  private Sneaky() {}

  /** Throws it, whatever it is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
  static <T, E extends Throwable> T sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
