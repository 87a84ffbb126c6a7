package io.agentstream.redis;

import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.User;
import org.jspecify.annotations.Nullable;

/**
 * The names of keys and channels. All keys of one conversation have the same hash tag, so that they
 * are in one slot of a Redis Cluster.
 */
record Keys(String prefix) {

  private static final String SIGNALS = ":signals";

  /** A conversation's hash; the channel that announces its events has the same name. */
  String conversation(String id) {
    return prefix + ":{" + id + "}";
  }

  /** A conversation's stream. */
  String events(String id) {
    return conversation(id) + ":events";
  }

  /** The channel of the signals about a conversation. */
  String signals(String id) {
    return conversation(id) + SIGNALS;
  }

  /** Returns the conversation of a channel of signals; null if it is another channel. */
  @Nullable String signalled(String channel) {
    if (!channel.endsWith(SIGNALS)) {
      return null;
    }
    String conversation = channel.substring(0, channel.length() - SIGNALS.length());
    return isConversation(conversation) ? idOf(conversation) : null;
  }

  /** Both keys of a conversation, in the order that the scripts expect. */
  String[] ofConversation(String id) {
    return new String[] {conversation(id), events(id)};
  }

  /** Returns the id in the name of a conversation's channel. */
  String idOf(String channel) {
    return channel.substring(prefix.length() + 2, channel.length() - 1);
  }

  boolean isConversation(String channel) {
    return channel.startsWith(prefix + ":{") && channel.endsWith("}");
  }

  /** The key that holds the id of the conversation which a request has started. */
  String request(StartRequest request) {
    String user = request.userId();
    // With its length, so that no two users share a key.
    String whose = user == null ? "-" : user.length() + ":" + user;
    return requests() + whose + ":" + request.requestId();
  }

  private String requests() {
    return prefix + ":start:";
  }

  /** Returns true if a request can have this key. */
  boolean isRequest(String key) {
    return key.startsWith(requests());
  }

  /**
   * The key that exists as long as a node is alive; the channel for the node's commands has the
   * same name.
   */
  String node(String node) {
    return prefix + ":node:" + node;
  }

  /** The set of the conversations that a node runs. */
  String owned(String node) {
    return node(node) + ":owned";
  }

  /** The sorted set of all conversations, by start time. */
  String directory() {
    return prefix + ":directory";
  }

  /** The sorted set of the conversations that this user has started. */
  String directoryOf(User owner) {
    return directory() + (owner.anonymous() ? ":anonymous:" : ":user:") + owner.id();
  }

  /**
   * The set of all nodes; the channel on which a node announces that it leaves has the same name.
   */
  String nodes() {
    return prefix + ":nodes";
  }
}
