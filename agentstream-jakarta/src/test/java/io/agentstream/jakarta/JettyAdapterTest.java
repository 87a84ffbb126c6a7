package io.agentstream.jakarta;

class JettyAdapterTest extends AdapterContract {
  @Override
  EmbeddedContainer newContainer() {
    return new EmbeddedJetty();
  }
}
