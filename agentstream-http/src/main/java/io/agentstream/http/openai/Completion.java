package io.agentstream.http.openai;

import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.PastMessage;
import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpViewer;
import io.agentstream.http.door.ViewerCommands;
import io.agentstream.http.openai.ModelNames.Model;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.Agents;
import io.agentstream.wire.Beginning;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ConversationCommand.DeleteConversation;
import io.agentstream.wire.ConversationCommand.StopConversation;
import io.agentstream.wire.Request;
import io.agentstream.wire.ViewingCommand.JoinConversation;
import io.agentstream.wire.ViewingCommand.ListAgents;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One chat completion: a viewer that starts a conversation, or continues a kept one, and whose
 * {@link AnswerWriter} writes what the speakers say. When the client has gone, it stops the run.
 */
final class Completion implements HttpViewer {

  /** A lone agent answers once. */
  private static final int ONE_ROUND = 1;

  private final HttpCall call;
  private final CompletionRequest request;
  private final OpenAiSettings settings;
  private final long created;
  private final Duration patience;
  private final ConversationHub hub;
  // Done when the conversation is known, or when there will be none.
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private volatile @Nullable ViewerCommands commands;
  private volatile @Nullable AnswerWriter writer;
  private volatile @Nullable String conversationId;

  /**
   * @param created now, in seconds since 1970
   * @param hub the team may take as long to its first text as one of its runs may last
   */
  Completion(
      HttpCall call,
      CompletionRequest request,
      OpenAiSettings settings,
      long created,
      ConversationHub hub) {
    this.call = call;
    this.request = request;
    this.settings = settings;
    this.created = created;
    this.patience = hub.timeouts().conversation();
    this.hub = hub;
  }

  @Override
  public void ready(ViewerConnection connection) {
    ViewerCommands sending = new ViewerCommands(connection);
    commands = sending;
    sending.send(new ListAgents());
  }

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    AnswerWriter writing = writer;
    if (frame instanceof Agents agents) {
      open(new ModelNames(agents));
    } else if (frame instanceof ControlFrame.Accepted accepted) {
      conversationId = accepted.conversationId();
      settled.complete(null);
    } else if (frame instanceof ControlFrame.Joined joined) {
      conversationId = joined.conversationId();
    } else if (frame instanceof ControlFrame.Refused refused) {
      refused(refused.error());
    } else if (frame instanceof ControlFrame.Left && writing != null) {
      writing.removed(frames);
    } else if (frame instanceof ControlFrame.Ping && writing != null) {
      writing.stillWorks(frames);
    }
  }

  private void open(ModelNames models) {
    ViewerCommands sending = commands;
    Model model = models.find(request.model());
    if (model == null || sending == null) {
      refuse(OpenAiError.unknownModel(request.model()));
      return;
    }
    call.setPatience(patience);
    boolean names = model.team() && speakerNames();
    String continued = request.conversationId();
    writer = new AnswerWriter(call, request, created, names, sending, this::refuse);
    if (continued != null) {
      sending.send(new JoinConversation(continued, null, null));
    } else {
      start(model, sending);
    }
  }

  private boolean speakerNames() {
    Boolean wanted = request.speakerNames();
    return wanted == null ? settings.speakerNames() : wanted;
  }

  private void start(Model model, ViewerCommands sending) {
    Limits limits = hub.limits();
    List<PastMessage> past = new History(model.speakers()).of(request.messages());
    List<String> parts = TopicParts.of(request.topic(), limits.maxTopicChars());
    String topic = parts.get(parts.size() - 1);
    parts.subList(0, parts.size() - 1).forEach(part -> past.add(TopicParts.past(part)));
    StartConversation start =
        model.team()
            ? new StartConversation(topic, null, null, null, null, request.model())
            : new StartConversation(topic, List.of(request.model()), ONE_ROUND, null, null, null);
    Beginning beginning = new Beginning(past, null, !keeps());
    if (tooLong(past, limits)) {
      refuse(OpenAiError.tooLong());
    } else {
      sending.send(Request.start(null, start, beginning));
    }
  }

  private static boolean tooLong(List<PastMessage> past, Limits limits) {
    long chars = past.stream().mapToLong(message -> message.content().length()).sum();
    return chars > limits.maxConversationChars() || past.size() >= limits.maxConversationMessages();
  }

  private boolean keeps() {
    return request.conversationId() != null
        || (request.stores() == null ? settings.keepsConversations() : request.stores());
  }

  private void refused(ChatError error) {
    if (settled.isDone()) {
      // A later command: a stop that came too late, or an answer that is no longer needed.
      return;
    }
    if (request.conversationId() == null) {
      refuse(OpenAiError.refusedStart(error));
    } else if (error.code() == ErrorCode.NOT_FOUND) {
      refuse(OpenAiError.unknownConversation());
    } else {
      refuse(OpenAiError.refusedStart(error));
    }
  }

  private void refuse(OpenAiError error) {
    conversationId = null;
    settled.complete(null);
    error.answer(call);
  }

  @Override
  public ConversationEncoder conversation(String id) {
    AnswerWriter writing = writer;
    if (writing == null) {
      throw new IllegalStateException("No conversation was asked for");
    }
    writing.conversation(id);
    return writing;
  }

  @Override
  public CompletionStage<?> ended(boolean complete) {
    return settled.thenCompose(known -> part(complete));
  }

  /**
   * Ends what nobody waits for any more. The hub may have closed the connection, which carries no
   * command then, and the viewer was allowed to begin the run.
   */
  private CompletionStage<?> part(boolean complete) {
    String id = conversationId;
    if (id != null && !keeps()) {
      return hub.steer(new DeleteConversation(id));
    }
    if (id != null && !complete) {
      return hub.steer(new StopConversation(id));
    }
    return CompletableFuture.completedStage(null);
  }
}
