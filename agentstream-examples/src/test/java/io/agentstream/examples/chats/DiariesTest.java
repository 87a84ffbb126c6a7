package io.agentstream.examples.chats;

import io.agentstream.chat.ToolSource;
import io.agentstream.examples.chats.ToolsPerUser.Diaries;
import io.agentstream.test.ToolSourceContract;
import java.util.Map;

class DiariesTest extends ToolSourceContract {

  @Override
  protected ToolSource source() {
    return new Diaries(Map.of("mia", "Monday: dentist"));
  }

  @Override
  protected String ownerId() {
    return "mia";
  }
}
