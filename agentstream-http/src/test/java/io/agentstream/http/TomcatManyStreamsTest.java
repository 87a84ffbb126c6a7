package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.TomcatServer;

class TomcatManyStreamsTest extends ManyStreamsContract {

  @Override
  EmbeddedServer container() {
    return new TomcatServer();
  }
}
