import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.hub.ConversationHub;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.teams.TeamFile;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;

/** Uses a type of several modules. */
public class Consumer {
  public static void main(String[] args) throws Exception {
    Agent agent =
        Agent.builder("Ada").model(new ScriptedModel().always(call -> call.tokens("Yes.").complete())).build();
    RecordedEvents events = new RecordedEvents();
    GroupChat.builder().participants(agent).maxRounds(1).build().start("Tea?", events).result().join();
    ConversationHub.builder().agents(agent).build().close();
    System.out.println(events.all().size() + " events, " + TeamFile.SCHEMA_ID + ", " + JdbcStore.class.getName());
  }
}
