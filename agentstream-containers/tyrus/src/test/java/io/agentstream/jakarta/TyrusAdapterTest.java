package io.agentstream.jakarta;

class TyrusAdapterTest extends AdapterContract {
  @Override
  EmbeddedContainer newContainer() {
    return new EmbeddedTyrus();
  }
}
