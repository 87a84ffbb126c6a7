package io.agentstream.jakarta;

class TomcatAdapterTest extends AdapterContract {
  @Override
  EmbeddedContainer newContainer() {
    return new EmbeddedTomcat();
  }
}
