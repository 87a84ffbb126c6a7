package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;

class UndertowManyStreamsTest extends ManyStreamsContract {

  @Override
  EmbeddedServer container() {
    return new UndertowServer();
  }
}
