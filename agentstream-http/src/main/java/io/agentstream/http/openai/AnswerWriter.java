package io.agentstream.http.openai;

import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.ViewerCommands;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.wire.ConversationCommand.InputResponse;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.Snapshot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the run of one conversation as one answer. Nobody can be asked through a chat completion:
 * a question to a person ends the answer, because the client's next message answers it, and what
 * would need approval is denied.
 */
final class AnswerWriter implements ConversationEncoder {

  private static final String DENY = "deny";
  private static final String HAPPENED = "happened";

  private final HttpCall call;
  private final CompletionRequest request;
  private final long created;
  private final boolean names;
  private final ViewerCommands commands;
  private final Consumer<OpenAiError> onRefused;
  private volatile @Nullable Answer answer;
  private volatile boolean over;

  // Used by the thread that writes the conversation.
  private String conversationId = "";
  private boolean writes;
  private final Set<String> asked = new HashSet<>();
  private final Map<String, InputRequested> questions = new LinkedHashMap<>();
  private final Set<String> speaking = new HashSet<>();
  private Usage before = Usage.NONE;
  private Usage used = Usage.NONE;
  private @Nullable TurnFinishReason lastFinish;
  private @Nullable ChatError lastError;

  /**
   * @param names true if each message begins with its speaker's name
   * @param commands answers questions
   * @param onRefused receives the reason if a conversation cannot be continued
   */
  AnswerWriter(
      HttpCall call,
      CompletionRequest request,
      long created,
      boolean names,
      ViewerCommands commands,
      Consumer<OpenAiError> onRefused) {
    this.call = call;
    this.request = request;
    this.created = created;
    this.names = names;
    this.commands = commands;
    this.onRefused = onRefused;
    this.writes = request.conversationId() == null;
  }

  /** Sets the conversation, before its first event. */
  void conversation(String id) {
    if (answer == null) {
      conversationId = id;
      AnswerHead head = new AnswerHead(CompletionRequest.ID + id, request.model(), created);
      answer =
          request.streams()
              ? new StreamedAnswer(call, head, request.withUsage(), names)
              : new WholeAnswer(call, head, names);
    }
  }

  private Answer answer() {
    Answer writing = answer;
    if (writing == null) {
      throw new IllegalStateException("The conversation is not known yet");
    }
    return writing;
  }

  /** Shows the client that the server still works; from any thread. */
  void stillWorks(Consumer<String> frames) {
    Answer writing = answer;
    if (writing != null && !over) {
      writing.stillWorks(frames);
    }
  }

  /** Ends the answer, because the hub has removed the conversation. */
  void removed(Consumer<String> frames) {
    fail(error(ErrorCode.UNAVAILABLE, "The server has removed the conversation."), frames);
  }

  private static ChatError error(ErrorCode code, String message) {
    return new ChatError(code, message, null, null, true, true);
  }

  private void fail(@Nullable ChatError error, Consumer<String> frames) {
    if (!over) {
      over = true;
      answer().fail(OpenAiError.failedRun(error), used, frames);
    }
  }

  private void complete(String finishReason, Consumer<String> frames) {
    over = true;
    answer().complete(finishReason, used, frames);
  }

  @Override
  public void entry(JournalEntry entry, Consumer<String> frames) {
    if (over || !writes) {
      return;
    }
    ChatEvent event = entry.event();
    if (event instanceof StreamingToken token) {
      answer().says(token.messageId(), token.offset(), token.token(), entry.millis(), frames);
    } else if (event instanceof SpeakerChange speaker) {
      speaking.add(speaker.messageId());
      answer().begins(speaker.messageId(), speaker.agentName());
    } else if (event instanceof MessageReset reset) {
      answer().takesBack(reset.messageId(), reset.offset(), frames);
    } else if (event instanceof StreamingComplete complete) {
      completed(complete, frames);
    } else if (event instanceof InputRequested question) {
      asked(question, frames);
    } else if (event instanceof InputResolved resolved) {
      questions.remove(resolved.requestId());
      endIfAsked(frames);
    } else if (event instanceof ChatError error) {
      lastError = error;
    } else if (event instanceof ConversationEnded ended) {
      ended(ended, frames);
    }
  }

  @Override
  public void tokens(JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
    if (!over && writes && first.event() instanceof StreamingToken token) {
      answer().says(token.messageId(), token.offset(), text, last.millis(), frames);
    }
  }

  private void completed(StreamingComplete complete, Consumer<String> frames) {
    if (complete.usage() != null) {
      used = used.plus(complete.usage());
    }
    lastFinish = complete.finishReason();
    answer().ends(complete.messageId(), complete.fullContent(), frames);
    speaking.remove(complete.messageId());
    endIfAsked(frames);
  }

  private void ended(ConversationEnded ended, Consumer<String> frames) {
    used = usage(ended.usage()).minus(before);
    if (ended.reason() == EndReason.FAILED) {
      fail(lastError, frames);
    } else {
      complete(FinishReasons.of(ended.reason(), lastFinish), frames);
    }
  }

  private static Usage usage(ConversationUsage usage) {
    return new Usage(
        usage.inputTokens(), usage.outputTokens(), usage.totalTokens(), usage.estimated());
  }

  private void asked(InputRequested question, Consumer<String> frames) {
    if (over || !asked.add(question.requestId())) {
      return;
    }
    List<String> choices = question.choices();
    if (question.kind() == InputKind.APPROVAL) {
      answer().note(question.prompt() + " Nobody can approve it here: denied.", frames);
      reply(question, DENY);
    } else if (question.kind() == InputKind.INTERRUPTED_CALL) {
      reply(question, HAPPENED);
    } else if (choices != null && !choices.isEmpty()) {
      reply(question, choices.get(0));
    } else {
      questions.put(question.requestId(), question);
      endIfAsked(frames);
    }
  }

  /** Ends the answer with the oldest question, once nobody speaks beside the one who is asked. */
  private void endIfAsked(Consumer<String> frames) {
    if (!over && speaking.isEmpty() && !questions.isEmpty()) {
      answer().note(questions.values().iterator().next().prompt(), frames);
      complete(FinishReasons.STOP, frames);
    }
  }

  private void reply(InputRequested question, String content) {
    commands.send(new InputResponse(conversationId, question.requestId(), content));
  }

  @Override
  public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
    Snapshot.Content content = snapshot.content();
    if (over) {
      return;
    }
    if (!writes) {
      continueWith(content);
      return;
    }
    // The client reads more slowly than the journal keeps events.
    for (Snapshot.Message message : content.messages()) {
      if (isAnswer(message, content.run())) {
        answer().begins(message.message().messageId(), message.message().sender());
        answer().ends(message.message().messageId(), message.message().content(), frames);
      }
    }
    List<InputRequested> pending =
        content.pendingInputs() == null ? List.of() : content.pendingInputs();
    questions.keySet().retainAll(pending.stream().map(InputRequested::requestId).toList());
    speaking.clear();
    for (Snapshot.Open open : content.open()) {
      speaking.add(open.messageId());
      answer().begins(open.messageId(), open.agentName());
      answer().says(open.messageId(), 0, open.content(), millis, frames);
    }
    pending.forEach(question -> asked(question, frames));
    endIfAsked(frames);
    if (content.ended() != null && !over) {
      ended(content.ended(), frames);
    }
  }

  /** Messages of a past have the round 0. */
  private static boolean isAnswer(Snapshot.Message message, int run) {
    return message.run() == run
        && message.message().role() == NewMessage.Role.ASSISTANT
        && message.message().round() > 0;
  }

  private void continueWith(Snapshot.Content content) {
    if (content.pendingInputs() != null) {
      content.pendingInputs().stream()
          .filter(question -> question.kind() == InputKind.TEXT && asked.add(question.requestId()))
          .forEach(question -> questions.put(question.requestId(), question));
    }
    if (content.ended() == null && questions.isEmpty()) {
      over = true;
      onRefused.accept(OpenAiError.running());
      return;
    }
    writes = true;
    before =
        content.ended() != null
            ? usage(content.ended().usage())
            : content.messages().stream()
                .map(Snapshot.Message::usage)
                .filter(Objects::nonNull)
                .reduce(Usage.NONE, Usage::plus);
    commands.send(new SendMessage(conversationId, request.topic(), false, null));
  }
}
