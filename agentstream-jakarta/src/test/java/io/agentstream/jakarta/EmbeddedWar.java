package io.agentstream.jakarta;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A servlet container with one web application. */
interface EmbeddedWar {

  /**
   * Starts the container with the application in it.
   *
   * @param application a directory laid out as a WAR
   * @return the root of the application
   */
  URI start(Path application) throws Exception;

  /** An attribute of the application's servlet context. */
  @Nullable Object attribute(String name);

  /** Stops the application and leaves the container running. */
  void undeploy() throws Exception;

  /** Stops the container. */
  void shutDown() throws Exception;
}
