package io.agentstream.tests.property;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.RosterSeat;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.Author;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Changes the roster of a random conversation.
 *
 * @param chat makes the agents that are added
 */
record RandomRoster(RandomChat chat) {

  /** Not all of them are in every chat; the last two are in none. */
  private static final List<String> NAMES =
      List.of("Ann", "Ben", "Duo", "Kim", "Zoe", "Eve", "Fay");

  /** One of them is called like an agent, two have one name. */
  private static final List<Author> PEOPLE =
      List.of(
          Author.of("u1", "Zoe"),
          new Author("c1", "Ann", false),
          new Author("c2", "Zoe", false),
          new Author("c3", null, false));

  /** Returns somebody who says and does things. */
  static Author person(int number) {
    return PEOPLE.get(number % PEOPLE.size());
  }

  /** Returns whether agents may know this person by this name, also if there is an agent Zoe. */
  static boolean isCalled(String id, String name) {
    return switch (id) {
      case "u1" -> name.equals("Zoe") || name.equals("Zoe (person)");
      case "c1" -> name.equals("Ann (person)");
      case "c2" -> name.matches("Zoe( \\(person\\))?( \\(guest\\))?");
      default -> name.equals("user");
    };
  }

  CompletableFuture<SteeringOutcome> change(Action.ChangeRoster change, Conversation conversation) {
    String name = NAMES.get(change.agent() % NAMES.size());
    return switch (change.change()) {
      case MUTE -> conversation.mute(name);
      case UNMUTE -> conversation.unmute(name);
      case REMOVE -> conversation.remove(name);
      case BRING_BACK -> conversation.bringBack(name);
      case ADD -> conversation.add(chat.agent(name).build(), "the agent " + name);
    };
  }

  /** Returns the agents that another machine has to know to go on. */
  List<Agent> added(ConversationState state) {
    return state.added().stream()
        .map(RosterSeat::agentName)
        .map(name -> chat.agent(name).build())
        .toList();
  }
}
