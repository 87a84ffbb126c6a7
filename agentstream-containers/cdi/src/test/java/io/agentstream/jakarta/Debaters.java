package io.agentstream.jakarta;

import io.agentstream.chat.Agent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Produces agents. */
@ApplicationScoped
public class Debaters {

  @Produces
  Agent optimist() {
    return ServedHub.agent("Optimist", ServedHub.saying("Yes", "."));
  }
}
