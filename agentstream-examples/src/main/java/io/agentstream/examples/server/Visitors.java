package io.agentstream.examples.server;

import io.agentstream.examples.config.CatalogueEdit;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.Options;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.examples.config.Tokens;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.hub.Editors;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.time.ChatClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Configures authentication and access.
 *
 * @param tokens empty if nobody has to log in
 * @param shareAll true if everybody sees and steers every conversation
 * @param allowedOrigins empty for the server's own pages only
 * @param address determines viewers' addresses
 * @param editors who may make agents and teams
 * @param within how long a viewer has to authenticate
 */
record Visitors(
    Tokens tokens,
    boolean shareAll,
    List<String> allowedOrigins,
    ClientAddress address,
    Editors editors,
    Duration within) {

  /**
   * Refuses to open the server to other machines without authentication.
   *
   * @throws ConfigException if other machines can reach it and nobody has to log in, or the tokens
   *     cannot be read
   */
  static Visitors of(Options options, ServerConfig config, Map<String, String> environment)
      throws ConfigException {
    Tokens tokens = Tokens.read(config.auth().tokensFile(), environment);
    boolean onlyHere = isLoopback(options.host());
    if (!onlyHere && tokens.isEmpty() && !options.insecure()) {
      throw new ConfigException(
          "--host "
              + options.host()
              + ": others could use this server without logging in; set auth.tokens_file or"
              + " AGENTSTREAM_TOKENS, or say --insecure-no-authentication");
    }
    Boolean shareAll = config.auth().shareAllConversations();
    return new Visitors(
        tokens,
        shareAll != null ? shareAll : onlyHere && tokens.isEmpty(),
        config.allowedOrigins(),
        new ClientAddress(config.http()),
        editors(config.edit(), onlyHere, tokens),
        config.timeouts().authentication());
  }

  /** Without tokens, the person at this machine is the owner of the server. */
  private static Editors editors(CatalogueEdit edit, boolean onlyHere, Tokens tokens) {
    return switch (edit) {
      case NOBODY -> Editors.NOBODY;
      case EVERYBODY -> Editors.EVERYBODY;
      case OWNER -> onlyHere && tokens.isEmpty() ? Editors.EVERYBODY : Editors.AUTHENTICATED;
    };
  }

  /** A host without an address cannot be listened on; the attempt reports it. */
  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }

  void applyTo(ConversationHubBuilder hub) {
    if (!address.http().trustedProxies().isEmpty()) {
      hub.clientAddress(address::of);
    }
    if (!tokens.isEmpty()) {
      hub.authenticator(new BearerTokens(tokens, address, ChatClock.system(), within));
    }
    if (shareAll) {
      hub.access(ConversationAccess.everybody());
    }
    if (!allowedOrigins.isEmpty()) {
      hub.allowedOrigins(AllowedOrigins.of(allowedOrigins));
    }
  }
}
