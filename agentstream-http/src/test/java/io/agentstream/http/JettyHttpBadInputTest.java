package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.JettyServer;

class JettyHttpBadInputTest extends HttpBadInputContract {

  @Override
  EmbeddedServer container() {
    return new JettyServer();
  }
}
