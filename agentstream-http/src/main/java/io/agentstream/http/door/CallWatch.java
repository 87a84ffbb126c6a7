package io.agentstream.http.door;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Notices that the container has ended a call, or is about to.
 *
 * @param onOver called when it has ended
 * @param onBroken called when it fails; the call may be ended then
 */
record CallWatch(Runnable onOver, Runnable onBroken) implements AsyncListener {

  @Override
  public void onComplete(AsyncEvent event) {
    onOver.run();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    onBroken.run();
  }

  @Override
  public void onError(AsyncEvent event) {
    onBroken.run();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // No call is started twice.
  }
}
