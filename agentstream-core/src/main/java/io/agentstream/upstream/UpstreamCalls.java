package io.agentstream.upstream;

import java.util.function.Consumer;

public final class UpstreamCalls {
  private UpstreamCalls() {}

  public static void observing(Consumer<? super UpstreamCall> o, Runnable r) {
    r.run();
  }
}
