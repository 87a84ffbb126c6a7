package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;

class UndertowHttpBadInputTest extends HttpBadInputContract {

  @Override
  EmbeddedServer container() {
    return new UndertowServer();
  }
}
