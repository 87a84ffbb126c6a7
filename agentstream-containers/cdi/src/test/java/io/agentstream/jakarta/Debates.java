package io.agentstream.jakarta;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.util.concurrent.atomic.AtomicBoolean;

/** A bean that makes a hub of the agents that are beans. */
@ApplicationScoped
public class Debates implements HubProvider {

  @Inject private Instance<Agent> agents;

  /** The last call of {@link #hubClosed}. */
  static final AtomicBoolean CLOSED = new AtomicBoolean();

  @Override
  public ConversationHub createHub(ServletContext context) {
    return ConversationHub.builder().agents(agents.stream().toList()).build();
  }

  @Override
  public void hubClosed() {
    CLOSED.set(true);
  }
}
