package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;

class JettyEe10HttpTest extends HttpContract {

  @Override
  protected EmbeddedServer container() {
    return new JettyEe10Server();
  }
}
