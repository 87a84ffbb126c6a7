package io.agentstream.presence;

import io.agentstream.event.Author;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.internal.NodePresence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows who is here and who types in all conversations of this node, and sends changes to viewers
 * at a bounded rate: at once if nothing was sent lately, else after a second, and later if many
 * take part. Thread-safe; no method blocks.
 */
public final class Attendance {

  /** The shortest time between two changes that are sent for one conversation. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** So much longer for each viewer, so that a crowd costs no more than a few. */
  private static final Duration PAUSE_FOR_EACH = Duration.ofMillis(2);

  private final ChatClock clock;
  private final String node;
  private final BiConsumer<String, String> toOthers;
  private final ConcurrentHashMap<String, Told> rooms = new ConcurrentHashMap<>();

  /**
   * @param node this node's name among others
   * @param toOthers receives a conversation's id and what the other nodes are told
   */
  public Attendance(ChatClock clock, String node, BiConsumer<String, String> toOthers) {
    this.clock = clock;
    this.node = node;
    this.toOthers = toOthers;
  }

  /** Lets a viewer take part. Called again for the same viewer it does nothing. */
  public void enter(String conversationId, List<String> agents, Attendee attendee) {
    // In one step with the removal of an empty room.
    Told told =
        rooms.compute(
            conversationId,
            (id, known) -> {
              Told there = known == null ? new Told(new Room(id, agents)) : known;
              there.room.enter(attendee);
              return there;
            });
    told.changed();
  }

  /** Tells the other nodes who is here, and asks who is there. */
  public void hello(String conversationId) {
    Told told = rooms.get(conversationId);
    if (told != null) {
      told.tellOthers(true);
    }
  }

  /** Takes a viewer out. Does nothing if it takes no part. */
  public void leave(String conversationId, Attendee attendee) {
    Told left =
        rooms.computeIfPresent(
            conversationId,
            (id, told) -> {
              if (!told.room.leave(attendee)) {
                return told;
              }
              told.end();
              return null;
            });
    if (left != null) {
      left.changed();
    }
  }

  /** Reports that a viewer has another name. */
  public void renamed(String conversationId) {
    find(conversationId).ifPresent(Told::changed);
  }

  /** Reports that a person types. */
  public void types(String conversationId, Author author) {
    find(conversationId)
        .ifPresent(
            told -> {
              if (told.room.types(author, clock.nanoTime())) {
                told.changed();
              }
            });
  }

  /** Reports that a person has sent what they typed. */
  public void sent(String conversationId, Author author) {
    find(conversationId)
        .ifPresent(
            told -> {
              if (told.room.stopsTyping(author)) {
                told.changed();
              }
            });
  }

  /** Receives what another node tells. */
  public void heard(String conversationId, String text) {
    NodePresence presence = NodePresence.read(text);
    Told told = rooms.get(conversationId);
    if (presence == null || told == null || presence.node().equals(node)) {
      return;
    }
    if (told.room.hear(presence, clock.nanoTime())) {
      told.shown();
    }
    if (presence.hello()) {
      told.tellOthers(false);
    }
  }

  private Optional<Told> find(String conversationId) {
    return Optional.ofNullable(rooms.get(conversationId));
  }

  /** A room with the times at which viewers and other nodes were told of it. */
  private final class Told {
    final Room room;

    // Guarded by this.
    private boolean ended;
    private boolean telling;
    private boolean newsHere;
    private boolean news;
    private long lastTold;
    private long lastToOthers;
    private boolean everTold;
    private Alarm alarm = () -> {};
    private long alarms;

    Told(Room room) {
      this.room = room;
      this.lastToOthers = clock.nanoTime();
    }

    /** Takes note of a change on this node. */
    void changed() {
      synchronized (this) {
        newsHere = true;
      }
      shown();
    }

    /** Takes note of a change, here or on another node. */
    void shown() {
      synchronized (this) {
        news = true;
      }
      tell();
    }

    /** Tells what is new, now or as soon as it may. */
    private void tell() {
      Room.@Nullable Round round = null;
      boolean others = false;
      synchronized (this) {
        if (ended || telling) {
          return;
        }
        long now = clock.nanoTime();
        news |= room.expire(now);
        if (news && pauseLeft(now) <= 0) {
          telling = true;
          everTold = true;
          lastTold = now;
          round = room.round();
          others = newsHere;
          news = false;
          newsHere = false;
        }
      }
      if (round != null) {
        Room.Round shown = round;
        shown.to().forEach(attendee -> attendee.show(shown.frame()));
      }
      if (others) {
        tellOthers(false);
      }
      synchronized (this) {
        if (round != null) {
          telling = false;
        }
        setAlarm();
      }
    }

    private long pauseLeft(long now) {
      long pause = PAUSE.plus(PAUSE_FOR_EACH.multipliedBy(room.size())).toNanos();
      return everTold ? lastTold + pause - now : 0;
    }

    /** Called with the lock. */
    private void setAlarm() {
      alarm.cancel();
      if (ended) {
        return;
      }
      long now = clock.nanoTime();
      long next = room.firstEnd(lastToOthers + Room.REPEATED_NANOS) - now;
      if (news) {
        next = Math.min(next, pauseLeft(now));
      }
      long mine = ++alarms;
      alarm = clock.schedule(Duration.ofNanos(Math.max(0, next)), () -> ring(mine));
    }

    private void ring(long mine) {
      boolean repeat;
      synchronized (this) {
        // A cancelled alarm may already be ringing.
        if (ended || mine != alarms) {
          return;
        }
        repeat = clock.nanoTime() - lastToOthers >= Room.REPEATED_NANOS;
      }
      if (repeat) {
        tellOthers(false);
      }
      tell();
    }

    void tellOthers(boolean hello) {
      synchronized (this) {
        lastToOthers = clock.nanoTime();
      }
      toOthers.accept(room.conversationId, room.here(node, hello).write());
    }

    /** Takes note that nobody is left here. */
    void end() {
      synchronized (this) {
        ended = true;
        alarm.cancel();
      }
      tellOthers(false);
    }
  }
}
