package io.agentstream.viewer;

/**
 * What a hub has to do at one moment.
 *
 * @param connections viewers' connections
 * @param conversations those that run here and have not ended
 * @param views how many conversations the connections view, each counted for itself
 * @param answersWaiting answers to commands that wait for their viewer's socket
 * @param viewsBehind views of which the viewer has not been sent the newest event yet
 * @param eventsBehind how many events those views are behind the newest one, in sum
 * @param unauthenticated connections whose viewers have still to authenticate
 * @param keptConversations those that are here, whether they run or have ended
 * @param keptBytes how much of the heap those take at the most, by an estimate
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
