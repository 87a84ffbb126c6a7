package io.agentstream.redis;

import io.agentstream.wire.Snapshot;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads single values from Redis. Others may write there too, so each value is checked. A broken
 * value counts as missing, harms no other value, and is logged once. Thread-safe.
 */
final class Stored {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  /** Ids of nodes and conversations. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final String WRONG_TYPE = "WRONGTYPE";

  /**
   * How many broken values are remembered as logged; beyond that, the oldest may be logged again.
   */
  private static final int MOST_LOGGED = 1_000;

  // Guarded by itself.
  private static final Set<String> logged = new LinkedHashSet<>();

  private Stored() {}

  /** Returns null unless the text is a whole number from 0. */
  static @Nullable Long number(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Returns a conversation's state; empty if it is missing or invalid. */
  static Optional<Snapshot.State> state(String conversationId, @Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    for (Snapshot.State state : Snapshot.State.values()) {
      if (state.name().equals(name)) {
        return Optional.of(state);
      }
    }
    logBroken(conversationId, "state");
    return Optional.empty();
  }

  /** Returns true if a key holds another type of value than this version writes. */
  static boolean isWrongType(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      String message = cause.getMessage();
      if (message != null && message.contains(WRONG_TYPE)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Logs that a value of a conversation is broken, without the value. */
  static void logBroken(String conversationId, String what) {
    String name = isId(conversationId) ? conversationId : "with an impossible id";
    logOnce("conversation " + name + ": '" + what + "' is broken and passed over");
  }

  /** Logs a problem the first time. */
  static void logOnce(String problem) {
    synchronized (logged) {
      if (!logged.add(problem)) {
        return;
      }
      if (logged.size() > MOST_LOGGED) {
        logged.remove(logged.iterator().next());
      }
    }
    log.warn("In Redis, {}", problem);
  }
}
