package io.agentstream.redis;

import io.agentstream.delivery.StartRequest;
import io.agentstream.identity.User;

/**
 * The names of keys and channels. What belongs to one conversation has the same hash tag, so that
 * it is in one slot of a Redis Cluster.
 */
record Keys(String prefix) {

  /** A conversation's hash; the channel that its events are told on has the same name. */
  String conversation(String id) {
    return prefix + ":{" + id + "}";
  }

  /** A conversation's stream. */
  String events(String id) {
    return conversation(id) + ":events";
  }

  /** Both keys of a conversation, as the scripts take them. */
  String[] ofConversation(String id) {
    return new String[] {conversation(id), events(id)};
  }

  /** The id again; the channel must be a conversation's. */
  String idOf(String channel) {
    return channel.substring(prefix.length() + 2, channel.length() - 1);
  }

  boolean isConversation(String channel) {
    return channel.startsWith(prefix + ":{") && channel.endsWith("}");
  }

  /** The conversation that a request has started. */
  String request(StartRequest request) {
    String user = request.userId();
    // With its length, so that no two users can mean the same.
    String whose = user == null ? "-" : user.length() + ":" + user;
    return prefix + ":start:" + whose + ":" + request.requestId();
  }

  /** There as long as a node is alive; the channel that it takes commands on has the same name. */
  String node(String node) {
    return prefix + ":node:" + node;
  }

  /** The set of the conversations that a node runs. */
  String owned(String node) {
    return node(node) + ":owned";
  }

  /** The sorted set of all conversations, by the time of their start. */
  String directory() {
    return prefix + ":directory";
  }

  /** The sorted set of what this user has started. */
  String directoryOf(User owner) {
    return directory() + (owner.anonymous() ? ":anonymous:" : ":user:") + owner.id();
  }

  /** The set of all nodes; the channel that a node says on that it leaves has the same name. */
  String nodes() {
    return prefix + ":nodes";
  }
}
