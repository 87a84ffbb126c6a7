package io.agentstream.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.event.ChatEvent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.agentstream.test.JournalContract;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The recipe of docs/cookbook.md for a journal of one's own, which passes the contract. */
class OwnJournalRecipeTest extends JournalContract {

  private final Queue<String> audit = new ConcurrentLinkedQueue<>();
  private final Journal journal =
      new AuditedJournal(new InMemoryJournal(LIMITS, ChatClock.system()), audit);

  @Override
  protected Journal journal() {
    return journal;
  }

  /** Writes down every event before any viewer can see it. */
  record AuditedJournal(Journal kept, Queue<String> audit) implements Journal {

    @Override
    public JournalWriter open(String conversationId, long epoch) {
      JournalWriter writer = kept.open(conversationId, epoch);
      return new JournalWriter() {
        @Override
        public void append(ChatEvent event) {
          audit.add(conversationId + " " + event.type());
          writer.append(event);
        }

        @Override
        public void appendAll(List<ChatEvent> events) {
          events.forEach(event -> audit.add(conversationId + " " + event.type()));
          writer.appendAll(events);
        }
      };
    }

    @Override
    public CompletionStage<Optional<JournalReader>> read(String conversationId) {
      return kept.read(conversationId);
    }

    @Override
    public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> ids) {
      return kept.states(ids);
    }

    @Override
    public void remove(String conversationId) {
      kept.remove(conversationId);
    }
  }

  @Test
  void a_hub_writes_to_it() {
    Agent ann =
        Agent.builder("Ann")
            .model(new ScriptedModel().always(call -> call.tokens("Yes.").complete()))
            .build();

    Limits limits = Limits.defaults();
    ConversationHub hub =
        ConversationHub.builder()
            .agents(ann)
            .journal(new AuditedJournal(new InMemoryJournal(limits, ChatClock.system()), audit))
            .build();

    try (hub) {
      LocalViewer viewer = new LocalViewer(hub);
      String id = viewer.start("Tea?");
      viewer.join(id).awaitEnd();
      assertThat(audit).contains(id + " speaker_change", id + " conversation_ended");
    }
  }
}
