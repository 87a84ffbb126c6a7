package io.agentstream.jakarta;

import io.agentstream.hub.ConversationHub;
import jakarta.servlet.ServletContext;

/**
 * Provides the hub of a plain WAR. Implement this interface and name the class in {@code
 * META-INF/services/io.agentstream.jakarta.HubProvider}, or make it a CDI bean. The endpoint is
 * registered when the web application starts, and the hub is closed when it stops. Without an
 * implementation nothing happens.
 */
public interface HubProvider {

  /** Returns the path for viewers, beginning with {@code /}, relative to the web application. */
  default String path() {
    return "/ws";
  }

  /**
   * Creates the hub. Called once, while the web application starts. An exception stops the start.
   *
   * @param context the web application's context, for example for its init parameters
   */
  ConversationHub createHub(ServletContext context);

  /**
   * Closes other resources that {@link #createHub} has opened. Called when the web application
   * stops, after the hub has been closed, and also if {@code createHub} failed. Does nothing by
   * default.
   */
  default void hubClosed() {}
}
