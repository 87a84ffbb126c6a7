package io.agentstream.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.ModelAsker;
import io.agentstream.chat.speaker.Participant;
import io.agentstream.chat.speaker.Seat;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.NewMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

record SelectorView(
    String conversationId,
    List<Participant> participants,
    List<Seat> seats,
    List<NewMessage> messages,
    String state,
    int turns,
    @Nullable String lastSpeaker,
    List<TurnOutcome> lastStep,
    int roundsLeft,
    @Nullable String input,
    ModelAsker asker)
    implements SelectionContext {

  @Override
  public CompletionStage<String> ask(StreamingChatModel model, List<ChatMessage> messages) {
    return asker.ask(model, messages);
  }
}
