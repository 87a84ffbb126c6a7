package io.agentstream.teams.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * Says which keys of an object an error message may show. The others may be secrets in the wrong
 * place, so their number stands for them.
 */
@FunctionalInterface
interface KeyNames {

  /** Names of headers, parameters and variables, which are no secrets. */
  Set<String> COMMON =
      Set.of(
          "accept",
          "authorization",
          "content-type",
          "cookie",
          "proxy-authorization",
          "user-agent",
          "x-api-key",
          "x-auth-token",
          "frequency_penalty",
          "max_tokens",
          "presence_penalty",
          "reasoning_effort",
          "seed",
          "stop",
          "temperature",
          "top_k",
          "top_p");

  boolean shows(String key);

  /** Returns those of a record: its keys, and what is nearly one. */
  static KeyNames near(Collection<String> known) {
    return key -> Unknown.isNear(key, known);
  }

  /** Returns those of an object with keys of the user's. */
  static KeyNames of(Texts kind) {
    return key ->
        COMMON.contains(key.toLowerCase(Locale.ROOT))
            || (kind == Texts.ID && kind.mistake(key) == null);
  }
}
