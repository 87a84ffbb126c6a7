package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.TomcatServer;

class TomcatHttpBadInputTest extends HttpBadInputContract {

  @Override
  EmbeddedServer container() {
    return new TomcatServer();
  }
}
