package io.agentstream.jakarta;

class JettyEe10AdapterTest extends AdapterContract {
  @Override
  EmbeddedContainer newContainer() {
    return new EmbeddedJettyEe10();
  }
}
