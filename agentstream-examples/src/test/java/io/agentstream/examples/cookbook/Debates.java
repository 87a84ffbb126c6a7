package io.agentstream.examples.cookbook;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.jakarta.HubProvider;
import io.agentstream.test.ScriptedModel;
import jakarta.servlet.ServletContext;

/** The provider of the README, as a WAR has it. */
public class Debates implements HubProvider {
  @Override
  public ConversationHub createHub(ServletContext context) {
    return ConversationHub.builder().agents(optimist(), skeptic()).build();
  }

  private static Agent optimist() {
    return Agent.builder("Optimist").model(new ScriptedModel()).build();
  }

  private static Agent skeptic() {
    return Agent.builder("Skeptic").model(new ScriptedModel()).build();
  }
}
