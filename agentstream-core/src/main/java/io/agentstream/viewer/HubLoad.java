package io.agentstream.viewer;

/**
 * The load of a hub at one moment.
 *
 * @param connections viewers' connections
 * @param conversations conversations that run on this node
 * @param views the number of views, which are pairs of a connection and a conversation
 * @param answersWaiting replies to commands that wait for their viewer's socket
 * @param viewsBehind views that have not been sent the newest event yet
 * @param eventsBehind the sum of the events that those views lack
 * @param unauthenticated connections that have not authenticated yet
 * @param keptConversations conversations on this node, running or ended
 * @param keptBytes the most heap that those take, by an estimate
 * @param draining true once the hub drains or is closed
 */
public record HubLoad(
    int connections,
    int conversations,
    int views,
    int answersWaiting,
    int viewsBehind,
    long eventsBehind,
    int unauthenticated,
    int keptConversations,
    long keptBytes,
    boolean draining) {

  /** Returns the sum of both. */
  public HubLoad plus(HubLoad other) {
    return new HubLoad(
        connections + other.connections,
        conversations + other.conversations,
        views + other.views,
        answersWaiting + other.answersWaiting,
        viewsBehind + other.viewsBehind,
        eventsBehind + other.eventsBehind,
        unauthenticated + other.unauthenticated,
        keptConversations + other.keptConversations,
        keptBytes + other.keptBytes,
        draining || other.draining);
  }
}
