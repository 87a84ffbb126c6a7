package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;

class JettyEe10HttpBadInputTest extends HttpBadInputContract {

  @Override
  EmbeddedServer container() {
    return new JettyEe10Server();
  }
}
