package io.agentstream.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The Lua scripts, each of which Redis runs in one step. Their texts are files next to this class.
 */
enum Script {
  START,
  OPEN,
  APPEND,
  LOAD,
  TAKE,
  LEAVE,
  REMOVE,
  SHARES;

  private final String text;
  private final String digest;

  Script() {
    this.text = read(name().toLowerCase(Locale.ROOT) + ".lua");
    this.digest = sha1(text);
  }

  /** Runs the script. Every script returns a list of texts. */
  CompletionStage<List<String>> run(
      StatefulRedisConnection<String, String> redis, String[] keys, String... args) {
    CompletionStage<List<String>> known =
        redis.async().evalsha(digest, ScriptOutputType.MULTI, keys, args);
    // Redis forgets scripts when it restarts.
    return known
        .<CompletionStage<List<String>>>handle(
            (result, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedStage(result);
              }
              if (cause(failure) instanceof RedisNoScriptException) {
                CompletionStage<List<String>> sent =
                    redis.async().eval(text, ScriptOutputType.MULTI, keys, args);
                redis.flushCommands();
                return sent;
              }
              return CompletableFuture.failedStage(cause(failure));
            })
        .thenCompose(stage -> stage);
  }

  String text() {
    return text;
  }

  String digest() {
    return digest;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static String read(String file) {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1", e);
    }
  }
}
