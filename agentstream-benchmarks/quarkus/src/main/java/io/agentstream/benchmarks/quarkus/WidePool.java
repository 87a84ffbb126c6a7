package io.agentstream.benchmarks.quarkus;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * Opens the pool of connections to the model server: of the 50 there are by default each answer
 * under way holds one, and quarkus-langchain4j has no setting for it.
 */
public class WidePool implements RestClientListener {

  @Override
  public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
    builder.property("io.quarkus.rest.client.connection-pool-size", 20_000);
  }
}
