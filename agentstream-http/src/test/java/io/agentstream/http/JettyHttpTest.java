package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.JettyServer;

class JettyHttpTest extends HttpContract {

  @Override
  protected EmbeddedServer container() {
    return new JettyServer();
  }
}
