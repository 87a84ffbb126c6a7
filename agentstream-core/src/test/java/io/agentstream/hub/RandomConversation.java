package io.agentstream.hub;

import io.agentstream.event.Author;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.Delivery;
import io.agentstream.event.EndReason;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A conversation as no test would think of it, with all that programs and models make up. */
final class RandomConversation {

  private static final String[] PARTS = {
    "Tea", " ", "\"", "\\", "\n", "😀", "茶", "<script>", "\u0000", "\u2028", "a"
  };

  private final Random random;
  private int ids;
  private int run = 1;

  RandomConversation(Random random) {
    this.random = random;
  }

  /** Returns a conversation of these participants in which nothing was said beyond its topic. */
  static Snapshot.Content with(List<String> agents, List<String> muted) {
    return content("Tea?", agents, muted, "round_robin", 3, 1, List.of(), List.of(), null, null);
  }

  Snapshot.Content content() {
    List<Snapshot.Message> messages = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      run += random.nextInt(5) == 0 ? 1 : 0;
      messages.add(messages.isEmpty() || random.nextBoolean() ? ofPerson() : ofAgent());
    }
    boolean ended = random.nextBoolean();
    List<Snapshot.Open> open = ended ? List.of() : times(2, this::open);
    List<MessageQueued> queued = ended || random.nextBoolean() ? null : times(3, this::queued);
    return content(
        text(),
        random.nextInt(9) == 0 ? List.of() : List.of("Ann", "本"),
        List.of(),
        oneOf("round_robin", "", " \n ", "a\nb", "s".repeat(300), "<custom>"),
        oneOf(1, 50, Integer.MAX_VALUE),
        run,
        messages,
        open,
        ended ? ended() : null,
        queued);
  }

  private static Snapshot.Content content(
      String topic,
      List<String> agents,
      List<String> muted,
      String selection,
      int maxRounds,
      int run,
      List<Snapshot.Message> messages,
      List<Snapshot.Open> open,
      ConversationEnded ended,
      List<MessageQueued> queued) {
    return new Snapshot.Content(
        99,
        7,
        run,
        ended == null ? Snapshot.State.RUNNING : Snapshot.State.ENDED,
        topic,
        agents,
        selection,
        maxRounds,
        messages,
        open,
        null,
        null,
        ended,
        queued,
        null,
        null,
        muted,
        agents.stream().limit(1).toList());
  }

  private Snapshot.Message ofPerson() {
    boolean waited = random.nextBoolean();
    NewMessage said =
        new NewMessage(
            id("m"),
            NewMessage.Role.USER,
            random.nextInt(4) == 0 ? "Kim" : NewMessage.USER,
            text(),
            round(),
            author(),
            waited ? id("q1-") : null);
    return new Snapshot.Message(said, run, null, null, null, null, null);
  }

  private Snapshot.Message ofAgent() {
    String content = random.nextInt(4) == 0 ? "" : text();
    return new Snapshot.Message(
        new NewMessage(id("m"), NewMessage.Role.ASSISTANT, "Ann", content, round()),
        run,
        oneOf(TurnFinishReason.values()),
        random.nextBoolean() ? usage() : null,
        path(),
        random.nextBoolean() ? text() : null,
        tools());
  }

  private Snapshot.Open open() {
    String thinking = random.nextBoolean() ? "" : text();
    return new Snapshot.Open(
        id("m"), "本", round(), random.nextBoolean() ? "" : text(), thinking, path(), tools());
  }

  private MessageQueued queued() {
    return new MessageQueued(id("q1-"), author(), text(), Delivery.TURN);
  }

  private ConversationEnded ended() {
    return new ConversationEnded(
        oneOf(EndReason.values()),
        oneOf(null, "", text(), "d".repeat(2_000), "😀".repeat(2_000)),
        ConversationUsage.of(Map.of("Ann", usage(), "Someone who left", usage()), usage()),
        author());
  }

  private List<String> path() {
    int depth = oneOf(0, 1, 2, 16, 17, 64, 65, 300);
    return depth == 0 ? null : IntStream.range(0, depth).mapToObj(i -> "Team " + i).toList();
  }

  private List<Snapshot.ToolUse> tools() {
    return random.nextBoolean() ? null : times(4, this::tool);
  }

  private Snapshot.ToolUse tool() {
    boolean called = random.nextBoolean();
    return new Snapshot.ToolUse(
        oneOf("c", "c", " ", "c\n", "i".repeat(300), text()),
        oneOf("add", "", "\r", "n".repeat(300), "😀".repeat(200), text()),
        oneOf("", "{", text()),
        called ? oneOf("", text()) : null,
        called ? random.nextBoolean() : null);
  }

  private Author author() {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> new Author("x".repeat(1 + random.nextInt(1_000)), null, random.nextBoolean());
      default -> new Author("u" + random.nextInt(2), "N" + text(), random.nextBoolean());
    };
  }

  private Usage usage() {
    long most = random.nextBoolean() ? 100 : 2L * Integer.MAX_VALUE;
    long input = (long) (random.nextDouble() * most);
    long output = (long) (random.nextDouble() * most);
    return random.nextBoolean() ? Usage.counted(input, output) : Usage.estimated(input, output);
  }

  private int round() {
    return oneOf(0, 1, 2, 2_000_000);
  }

  private String id(String kind) {
    ids++;
    return kind + ids;
  }

  private String text() {
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  private <T> List<T> times(int most, Supplier<T> one) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> one.get()).toList();
  }

  @SafeVarargs
  private final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}
