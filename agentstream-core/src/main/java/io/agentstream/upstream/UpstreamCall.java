package io.agentstream.upstream;

public interface UpstreamCall {
  void cancel();
}
