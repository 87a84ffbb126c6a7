package io.agentstream.spring;

import io.agentstream.hub.ConversationHub;
import org.springframework.context.SmartLifecycle;

/**
 * Lets speakers finish when the application shuts down, and closes connections before the web
 * server stops.
 */
final class HubDrain implements SmartLifecycle {

  private final ConversationHub hub;
  private volatile boolean running;

  HubDrain(ConversationHub hub) {
    this.hub = hub;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    hub.close();
    running = false;
  }

  @Override
  public void stop(Runnable callback) {
    hub.drain()
        .whenComplete(
            (done, failure) -> {
              running = false;
              callback.run();
            });
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
