package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.TomcatServer;

class TomcatVanishingClientsTest extends VanishingClientsContract {

  @Override
  EmbeddedServer container() {
    return new TomcatServer();
  }
}
