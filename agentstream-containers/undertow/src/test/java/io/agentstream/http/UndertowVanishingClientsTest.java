package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;

class UndertowVanishingClientsTest extends VanishingClientsContract {

  @Override
  EmbeddedServer container() {
    return new UndertowServer();
  }
}
