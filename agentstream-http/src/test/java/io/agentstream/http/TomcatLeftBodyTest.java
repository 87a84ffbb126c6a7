package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.TomcatServer;

class TomcatLeftBodyTest extends LeftBodyContract {

  @Override
  EmbeddedServer container() {
    return new TomcatServer();
  }
}
