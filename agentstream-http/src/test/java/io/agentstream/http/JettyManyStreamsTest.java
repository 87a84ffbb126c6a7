package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.JettyServer;

class JettyManyStreamsTest extends ManyStreamsContract {

  @Override
  EmbeddedServer container() {
    return new JettyServer();
  }
}
