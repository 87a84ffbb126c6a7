package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.JettyServer;

class JettyVanishingClientsTest extends VanishingClientsContract {

  @Override
  EmbeddedServer container() {
    return new JettyServer();
  }
}
