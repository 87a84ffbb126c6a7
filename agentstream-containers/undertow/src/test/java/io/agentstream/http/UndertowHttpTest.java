package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;

class UndertowHttpTest extends HttpContract {

  @Override
  protected EmbeddedServer container() {
    return new UndertowServer();
  }
}
