package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;

class JettyEe10VanishingClientsTest extends VanishingClientsContract {

  @Override
  EmbeddedServer container() {
    return new JettyEe10Server();
  }
}
