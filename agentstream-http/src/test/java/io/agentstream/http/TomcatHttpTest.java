package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.TomcatServer;

class TomcatHttpTest extends HttpContract {

  @Override
  protected EmbeddedServer container() {
    return new TomcatServer();
  }
}
