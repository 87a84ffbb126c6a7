package io.agentstream.http.door;

import io.agentstream.identity.Handshake;
import io.agentstream.time.ChatClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Short-lived tickets that stand for the {@code Authorization} and the {@code Agentstream-Share} of
 * the call that asked for them, because a browser's {@code EventSource} sends no such header and a
 * token must not stand in an address. Each opens one stream, on the node that gave it. Thread-safe.
 */
public final class Tickets {

  /** How long a ticket can be used. */
  public static final Duration LIFETIME = Duration.ofSeconds(30);

  private static final List<String> SECRETS = List.of("Authorization", "Agentstream-Share");
  private static final int RANDOM_BYTES = 24;
  private static final int MOST = 10_000;

  private final ChatClock clock;
  private final SecureRandom random = new SecureRandom();

  // Guarded by this. In the order in which they expire.
  private final Map<String, Ticket> open = new LinkedHashMap<>();

  Tickets(ChatClock clock) {
    this.clock = clock;
  }

  /** Returns a new ticket for the user of this handshake. */
  public String issue(Handshake handshake) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Map<String, List<String>> secrets = new TreeMap<>();
    for (String name : SECRETS) {
      secrets.put(name, handshake.headers().getOrDefault(name, List.of()));
    }
    synchronized (this) {
      forgetExpired();
      if (open.size() >= MOST) {
        open.remove(open.keySet().iterator().next());
      }
      open.put(id, new Ticket(secrets, clock.nanoTime() + LIFETIME.toNanos()));
    }
    return id;
  }

  /**
   * Uses a ticket up.
   *
   * @return the handshake with the ticket's headers; null if there is no such ticket
   */
  synchronized @Nullable Handshake redeem(String id, Handshake handshake) {
    forgetExpired();
    Ticket ticket = open.remove(id);
    if (ticket == null) {
      return null;
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(handshake.headers());
    headers.putAll(ticket.secrets);
    return new Handshake(
        headers,
        handshake.secure(),
        handshake.remoteAddress(),
        handshake.principal(),
        handshake.subprotocol());
  }

  /** Called with the lock. */
  private void forgetExpired() {
    long now = clock.nanoTime();
    open.values().removeIf(ticket -> now - ticket.until > 0);
  }

  private record Ticket(Map<String, List<String>> secrets, long until) {
    @Override
    public String toString() {
      return "Ticket[]";
    }
  }
}
