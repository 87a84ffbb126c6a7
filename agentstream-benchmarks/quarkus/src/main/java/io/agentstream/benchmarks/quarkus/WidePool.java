package io.agentstream.benchmarks.quarkus;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * Enlarges the connection pool to the model server. Each answer in progress holds one of the 50
 * default connections, and quarkus-langchain4j has no setting for the number.
 */
public class WidePool implements RestClientListener {

  @Override
  public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
    builder.property("io.quarkus.rest.client.connection-pool-size", 20_000);
  }
}
