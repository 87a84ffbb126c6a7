package io.agentstream.chat;

import io.agentstream.chat.ConversationScope.Attached;
import io.agentstream.event.Author;
import io.agentstream.event.PastMessage;
import io.agentstream.event.StreamListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds and starts a conversation. Not thread-safe. */
public final class ConversationBuilder {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final GroupChat chat;
  private final String topic;
  private final List<StreamListener> inline = new ArrayList<>();
  private final List<StreamListener> listeners = new ArrayList<>();
  private final List<Consumer<Conversation>> attached = new ArrayList<>();
  private final List<ModelCallListener> modelCalls = new ArrayList<>();
  private String id = newId();
  private long epoch = 1;
  private Allowance allowance = Allowance.UNLIMITED;
  private Supplier<? extends CompletionStage<Void>> record =
      () -> CompletableFuture.completedStage(null);
  private Hold hold = new Hold();
  private List<PastMessage> past = List.of();
  private @Nullable String topicId;
  private @Nullable ConversationState state;
  private @Nullable Author author;
  private @Nullable String ownerId;
  private List<Agent> added = List.of();

  ConversationBuilder(GroupChat chat, String topic) {
    if (topic.isBlank()) {
      throw new IllegalArgumentException("The topic must not be blank");
    }
    this.chat = chat;
    this.topic = topic;
  }

  ConversationBuilder(GroupChat chat, ConversationState state) {
    this(chat, state.topic());
    RestoreCheck.check(chat.rules(), state);
    this.state = state;
    this.id = state.id();
    this.epoch = state.epoch() + 1;
  }

  /**
   * Returns a new id of 128 random bits in 22 characters, which is hard to guess and may serve as a
   * secret.
   */
  public static String newId() {
    return RandomId.next();
  }

  /**
   * Sets the conversation's id: 1 to 64 letters, digits, {@code -} or {@code _}; default random.
   */
  public ConversationBuilder id(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A conversation's id must have 1 to 64 letters, digits, '-' or '_': '" + id + "'");
    }
    this.id = id;
    return this;
  }

  /** Sets the person who gives the topic; default nobody. A restored conversation keeps its own. */
  public ConversationBuilder author(@Nullable Author person) {
    this.author = person;
    return this;
  }

  /**
   * Sets the id of the user to whom the conversation belongs, for each {@link ToolSource}; default
   * null, nobody. The state does not hold it, so a restored conversation needs it again.
   */
  public ConversationBuilder owner(@Nullable String userId) {
    this.ownerId = userId;
    return this;
  }

  /** Returns the conversation's id. */
  public String id() {
    return id;
  }

  /** Returns the conversation's chat. */
  public GroupChat chat() {
    return chat;
  }

  /** Sets the epoch of the conversation's journal, from 1, which is the default. */
  public ConversationBuilder epoch(long epoch) {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be at least 1, not " + epoch);
    }
    this.epoch = epoch;
    return this;
  }

  /**
   * Adds a listener that is called on the chat's executor. It may block: events wait for it in
   * memory, and the conversation continues.
   */
  public ConversationBuilder listener(StreamListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Adds a listener that knows its conversation, for example to answer its questions or to tell the
   * events of several conversations apart. It is called like that of {@link
   * #listener(StreamListener)}.
   *
   * @param make called once by {@link #start}, before the first event; what it throws, {@code
   *     start} throws
   */
  public ConversationBuilder listener(
      Function<? super Conversation, ? extends StreamListener> make) {
    Objects.requireNonNull(make, "make");
    AttachedListener listener = new AttachedListener();
    attached.add(conversation -> listener.attach(make.apply(conversation)));
    return listener(listener);
  }

  /**
   * Adds a listener that is called on the streaming thread, before all others. It must neither
   * block nor take long, because it delays every conversation that shares the thread.
   */
  public ConversationBuilder inlineListener(StreamListener listener) {
    inline.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /** Adds a listener for calls to models, on the streaming thread. */
  public ConversationBuilder modelCallListener(ModelCallListener listener) {
    modelCalls.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /** Sets the limit on shared resources; default {@link Allowance#UNLIMITED}. */
  public ConversationBuilder allowance(Allowance allowance) {
    this.allowance = Objects.requireNonNull(allowance, "allowance");
    return this;
  }

  /**
   * Sets what records the conversation before a tool is called, so that another process knows of
   * the call; default: nothing. It is called in the conversation's serial order and must not block.
   * It takes a {@link Conversation#snapshot} and stores it; the tool is called once the returned
   * stage is done, and is not called if that fails.
   */
  public ConversationBuilder beforeToolCalls(Supplier<? extends CompletionStage<Void>> record) {
    this.record = Objects.requireNonNull(record, "record");
    return this;
  }

  /** Sets what can pause the conversation, together with others; default nothing. */
  public ConversationBuilder hold(Hold hold) {
    this.hold = Objects.requireNonNull(hold, "hold");
    return this;
  }

  /**
   * Sets the messages that were said before, oldest first; default none. The history begins with
   * them, and the topic follows as the newest message. An agent sees those with its own name as its
   * own. They count for the conversation's limits, and no termination condition sees them.
   *
   * @throws IllegalStateException if the conversation is a restored one, which has its own history
   */
  public ConversationBuilder past(List<PastMessage> past) {
    if (state != null) {
      throw new IllegalStateException("A restored conversation has a past of its own");
    }
    this.past = List.copyOf(past);
    return this;
  }

  /**
   * Sets the topic's id: a message with the same id adds nothing afterwards; null, the default, for
   * none.
   */
  public ConversationBuilder topicId(@Nullable String topicId) {
    this.topicId = topicId;
    return this;
  }

  /**
   * Sets the agents that were added to a restored conversation while it ran, those of {@link
   * ConversationState#added}; default none.
   *
   * @throws IllegalArgumentException if one cannot be told apart from another participant
   */
  public ConversationBuilder added(List<Agent> agents) {
    this.added = List.copyOf(agents);
    List<Agent> all = new ArrayList<>(added);
    chat.participants().stream()
        .filter(agent -> added.stream().noneMatch(other -> other.name().equals(agent.name())))
        .forEach(all::add);
    try {
      ParticipantNames.check(all);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return this;
  }

  /**
   * Starts the conversation.
   *
   * @throws IllegalArgumentException if a restored conversation needs an agent that {@link #added}
   *     does not give
   */
  public Conversation start() {
    Deferred defects = new Deferred();
    SerialExecutor serial = new SerialExecutor(defects::accept);
    Attached code = new Attached(inline, listeners, modelCalls, allowance, record, hold);
    ConversationScope scope = new ConversationScope(id, ownerId, chat.rules(), serial, code);
    if (state != null && state.roster() != null) {
      scope.roster.restore(state.roster(), added);
    }
    ConversationEngine engine = new ConversationEngine(id, epoch, topic, scope);
    defects.engine = engine;
    Conversation conversation = new Conversation(chat, id, epoch, topic, serial, engine);
    attached.forEach(attach -> attach.accept(conversation));
    ConversationState from = state;
    List<PastMessage> before = past;
    PersonMessage first = PersonMessage.of(topic).by(author).withId(topicId);
    serial.execute(from == null ? () -> engine.start(before, first) : () -> engine.restore(from));
    return conversation;
  }

  /** The serial order comes before the engine that hears of its defects. */
  private static final class Deferred {
    private @Nullable ConversationEngine engine;

    void accept(Throwable defect) {
      if (engine != null) {
        engine.onDefect(defect);
      }
    }
  }
}
