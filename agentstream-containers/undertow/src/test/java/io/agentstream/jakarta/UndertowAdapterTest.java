package io.agentstream.jakarta;

class UndertowAdapterTest extends AdapterContract {
  @Override
  EmbeddedContainer newContainer() {
    return new EmbeddedUndertow();
  }
}
