package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ErrorCode;
import io.agentstream.hub.CatalogueEditor.Definitions;
import io.agentstream.hub.CatalogueEditor.Offered;
import io.agentstream.wire.ProtocolException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's agents and teams of one moment.
 *
 * @param editor reads those that users make; null if users make none
 */
record Offer(
    Map<String, Agent> agents, Map<String, GroupChat> teams, @Nullable CatalogueEditor editor) {

  Offer {
    agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    teams = Collections.unmodifiableMap(new LinkedHashMap<>(teams));
  }

  /**
   * Reads what a user has made.
   *
   * @param document null for nothing yet
   */
  Definitions read(@Nullable String document) throws ProtocolException {
    if (editor == null) {
      throw invalid("'definitions' is not taken: users make no agents and teams here.");
    }
    try {
      return editor.read(document, new Offered(agents, teams));
    } catch (InvalidDefinitionException e) {
      throw refusal(e);
    }
  }

  static ProtocolException refusal(InvalidDefinitionException e) {
    return new ProtocolException(
        e.isTooMuch() ? ErrorCode.LIMIT_EXCEEDED : ErrorCode.INVALID_FIELD, e.reason(), null);
  }

  static ProtocolException invalid(String message) {
    return new ProtocolException(ErrorCode.INVALID_FIELD, message, null);
  }
}
