package io.agentstream.upstream;

public final class UpstreamError {
  private UpstreamError() {}

  public static boolean isError(Object raw) {
    return false;
  }
}
