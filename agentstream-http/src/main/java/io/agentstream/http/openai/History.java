package io.agentstream.http.openai;

import io.agentstream.event.NewMessage;
import io.agentstream.event.PastMessage;
import io.agentstream.http.openai.CompletionRequest.Role;
import io.agentstream.http.openai.CompletionRequest.Said;
import io.agentstream.internal.NameKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a conversation's past of a client's messages. A message of the assistant that consists of
 * marked messages of several speakers becomes their messages again, so that each agent sees its own
 * words as its own.
 */
final class History {

  /** The sender of words that belong to no agent of the chat; no agent can be called that. */
  private static final String ASSISTANT = "assistant";

  private final Map<String, String> names;
  private final String unnamed;

  /**
   * @param agents the names of the chat's agents
   */
  History(List<String> agents) {
    this.names =
        agents.stream().collect(Collectors.toMap(NameKey::of, Function.identity(), (a, b) -> a));
    this.unnamed = agents.size() == 1 ? agents.get(0) : ASSISTANT;
  }

  /** Returns the past, in a list that may grow. */
  List<PastMessage> of(List<Said> messages) {
    List<PastMessage> past = new ArrayList<>();
    for (Said said : messages) {
      if (said.role() == Role.ASSISTANT) {
        addAnswer(said, past);
      } else {
        boolean user = said.role() == Role.USER;
        past.add(
            new PastMessage(
                NewMessage.Role.USER,
                user ? NewMessage.USER : NewMessage.SYSTEM,
                user ? RequestReader.withName(said) : said.text()));
      }
    }
    return past;
  }

  private void addAnswer(Said answer, List<PastMessage> past) {
    for (SpeakerMark.Part part : SpeakerMark.split(answer.text())) {
      String name = part.name().isEmpty() ? answer.name() : part.name();
      past.add(new PastMessage(NewMessage.Role.ASSISTANT, speaker(name), part.text()));
    }
  }

  private String speaker(@Nullable String name) {
    return name == null ? unnamed : names.getOrDefault(NameKey.of(name), ASSISTANT);
  }
}
