package io.agentstream.http.door;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Notices that the container has ended a call. */
record CallWatch(Runnable onOver) implements AsyncListener {

  @Override
  public void onComplete(AsyncEvent event) {
    onOver.run();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    onOver.run();
  }

  @Override
  public void onError(AsyncEvent event) {
    onOver.run();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // No call is started twice.
  }
}
