package io.agentstream.http.openai;

import io.agentstream.event.ChatError;
import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpProblem;
import io.agentstream.http.door.HttpViewer;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.Agents;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Request;
import io.agentstream.wire.ViewingCommand;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers a request for all models, or for one. */
final class ModelList implements HttpViewer {

  private static final int OK = 200;

  private final HttpCall call;
  private final @Nullable String wanted;
  private final long created;

  /**
   * @param wanted the name of the model; null for all
   * @param created when they were created, in seconds since 1970
   */
  ModelList(HttpCall call, @Nullable String wanted, long created) {
    this.call = call;
    this.wanted = wanted;
    this.created = created;
  }

  @Override
  public void ready(ViewerConnection connection) {
    connection.receive(new Request(null, new ViewingCommand.ListAgents()));
  }

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    if (frame instanceof Agents agents) {
      answer(new ModelNames(agents));
    } else if (frame instanceof ControlFrame.Refused refused) {
      ChatError error = refused.error();
      call.refuse(HttpProblem.of(error.code(), error.message()));
    }
  }

  private void answer(ModelNames models) {
    String found = wanted == null ? models.list(created) : models.one(wanted, created);
    if (found != null) {
      call.answer(OK, OpenAiError.JSON, found);
    } else {
      OpenAiError.unknownModel(String.valueOf(wanted)).answer(call);
    }
  }

  @Override
  public ConversationEncoder conversation(String conversationId) {
    throw new IllegalStateException("A list views no conversation");
  }
}
