package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.JettyServer;

class JettyLeftBodyTest extends LeftBodyContract {

  @Override
  EmbeddedServer container() {
    return new JettyServer();
  }
}
