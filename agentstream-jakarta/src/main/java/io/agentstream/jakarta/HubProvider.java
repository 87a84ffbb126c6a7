package io.agentstream.jakarta;

import io.agentstream.delivery.ConversationHub;
import jakarta.servlet.ServletContext;

/**
 * Gives a plain WAR its hub: implement it, name the class in {@code
 * META-INF/services/io.agentstream.jakarta.HubProvider}, and the endpoint is registered when the
 * web application starts and the hub closed when it stops. Without an implementation nothing
 * happens.
 */
public interface HubProvider {

  /** Where viewers connect, beginning with {@code /}, relative to the web application. */
  default String path() {
    return "/ws";
  }

  /**
   * Makes the hub; called once, while the web application starts. What it throws stops the start.
   *
   * @param context the web application's, for example for its init parameters
   */
  ConversationHub createHub(ServletContext context);

  /**
   * Called when the web application stops and the hub has been closed: the place to close what
   * {@link #createHub} has opened besides. Also called if that failed. Does nothing by default.
   */
  default void hubClosed() {}
}
