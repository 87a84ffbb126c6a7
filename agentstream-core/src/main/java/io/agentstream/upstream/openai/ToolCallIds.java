package io.agentstream.upstream.openai;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes ids for tool calls that came without: nine letters and digits, since some servers take no
 * others. Thread-safe.
 */
final class ToolCallIds {

  private static final int MOST = 100_000_000;

  private final AtomicInteger last = new AtomicInteger();

  String next() {
    return "c%08d".formatted(Math.floorMod(last.incrementAndGet(), MOST));
  }
}
