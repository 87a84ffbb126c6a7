package io.agentstream.http.door;

import io.agentstream.hub.ConversationHub;
import io.agentstream.time.ChatClock;

/** The objects that all doors of a hub share. Thread-safe. */
public final class HttpFront {

  private final ConversationHub hub;
  private final ChatClock clock;
  private final CrossSite crossSite;
  private final Tickets tickets;
  private final BodySpace bodySpace = BodySpace.ofHeap();

  private HttpFront(ConversationHub hub, ChatClock clock) {
    this.hub = hub;
    this.clock = clock;
    this.crossSite = new CrossSite(hub.allowedOrigins());
    this.tickets = new Tickets(clock);
  }

  /** Returns the front of a hub, with the machine's clock. Create one for each hub. */
  public static HttpFront of(ConversationHub hub) {
    return of(hub, ChatClock.system());
  }

  /** Does the same with another clock. */
  public static HttpFront of(ConversationHub hub, ChatClock clock) {
    return new HttpFront(hub, clock);
  }

  /** Returns the hub. */
  public ConversationHub hub() {
    return hub;
  }

  /** Returns the clock for the time limits of calls. */
  public ChatClock clock() {
    return clock;
  }

  Tickets tickets() {
    return tickets;
  }

  BodySpace bodySpace() {
    return bodySpace;
  }

  CrossSite crossSite() {
    return crossSite;
  }
}
