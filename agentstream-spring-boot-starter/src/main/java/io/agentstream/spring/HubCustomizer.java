package io.agentstream.spring;

import io.agentstream.hub.ConversationHubBuilder;

/**
 * Changes the hub that the starter builds. Each bean of this type is called once, in the order of
 * {@code @Order}, after properties and other beans have been applied.
 */
@FunctionalInterface
public interface HubCustomizer {

  /** Changes the builder; must not call {@code build}. */
  void customize(ConversationHubBuilder hub);
}
