package io.agentstream.delivery;

/**
 * What a hub has to do at one moment.
 *
 * @param connections viewers' connections
 * @param conversations those that run here and have not ended
 * @param views how many conversations the connections view, each counted for itself
 * @param answersWaiting answers to commands that wait for their viewer's socket
 * @param viewsBehind views of which the viewer has not been sent the newest event yet
 * @param eventsBehind how many events those views are behind the newest one, in sum
 */
public record HubLoad(
    int connections,
    int conversations,
    int views,
    int answersWaiting,
    int viewsBehind,
    long eventsBehind) {

  HubLoad plus(HubLoad other) {
    return new HubLoad(
        connections + other.connections,
        conversations + other.conversations,
        views + other.views,
        answersWaiting + other.answersWaiting,
        viewsBehind + other.viewsBehind,
        eventsBehind + other.eventsBehind);
  }
}
