package io.agentstream.examples.chats;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.ToolResult;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each example does what its name says, on a scripted model. */
class ChatsTest {

  private final ScriptedModel model = new ScriptedModel();
  private final RecordedEvents events = new RecordedEvents();

  private Conversation start(GroupChat chat) {
    return chat.newConversation("Topic").inlineListener(events).start();
  }
}
