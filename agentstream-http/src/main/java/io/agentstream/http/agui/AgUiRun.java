package io.agentstream.http.agui;

import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputRequested;
import io.agentstream.event.StreamedText;
import io.agentstream.http.agui.RunInput.InterruptAnswer;
import io.agentstream.http.agui.RunInput.Said;
import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpProblem;
import io.agentstream.http.door.HttpViewer;
import io.agentstream.http.door.ViewerCommands;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.Agents;
import io.agentstream.wire.Beginning;
import io.agentstream.wire.ClientCommand;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ConversationCommand.InputResponse;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.ConversationCommand.StopConversation;
import io.agentstream.wire.ConversationCommand.StopSpeaker;
import io.agentstream.wire.Request;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.ViewingCommand.JoinConversation;
import io.agentstream.wire.ViewingCommand.ListAgents;
import io.agentstream.wire.ViewingCommand.StartConversation;
import io.agentstream.wire.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request for a run. It finds the thread's conversation or starts it, passes on what is new in
 * the request, and then views the conversation from a snapshot. A request that is repeated finds
 * nothing new, so it only views.
 */
final class AgUiRun implements HttpViewer {

  /** The step that a reply belongs to; each begins when the one before is over. */
  private enum Step {
    FIND,
    CHOOSE,
    START,
    LOOK,
    PASS_ON,
    VIEW
  }

  private static final String NO_THREAD =
      "There is no such thread; send a message of the user to begin it.";

  /** A UUID of random bits, as AG-UI's clients make them. */
  private static final Pattern RANDOM =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  private final HttpCall call;
  private final RunInput input;
  private final RunWriter writer;
  private volatile Step step = Step.FIND;
  private volatile @Nullable ViewerCommands commands;
  private volatile boolean authenticated;
  private volatile String conversationId = "";
  private volatile @Nullable View current;
  private volatile List<ClientCommand> news = List.of();

  AgUiRun(HttpCall call, RunInput input) {
    this.call = call;
    this.input = input;
    this.writer =
        new RunWriter(call, input, () -> send(new JoinConversation(conversationId, null, null)));
  }

  private void send(ClientCommand command) {
    send(new Request(null, command));
  }

  private void send(Request request) {
    ViewerCommands sending = commands;
    if (sending != null) {
      sending.send(request);
    }
  }

  @Override
  public void ready(ViewerConnection connection) {
    commands = new ViewerCommands(connection);
    if (isFindable()) {
      send(Request.repeat(null, start("-", null, null)));
    } else if (input.newest() != null) {
      step = Step.CHOOSE;
      send(new ListAgents());
    } else {
      refuse(ErrorCode.NOT_FOUND, NO_THREAD);
    }
  }

  /**
   * All anonymous clients are one user, so only a name that cannot be guessed finds their thread:
   * like a link. Any other thread begins anew with each request, after the client's messages.
   */
  private boolean isFindable() {
    return authenticated || RANDOM.matcher(input.threadId()).matches();
  }

  /** Returns the id of what the user says with this run. */
  private String runMessageId() {
    return "ag-ui-" + input.runId();
  }

  private StartConversation start(
      String topic, @Nullable List<String> agents, @Nullable String team) {
    return new StartConversation(
        topic,
        agents,
        agents == null ? null : 1,
        null,
        isFindable() ? "ag-ui-" + input.threadId() : null,
        team);
  }

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    if (frame instanceof Welcome welcome) {
      authenticated = welcome.authenticated();
    } else if (frame instanceof ControlFrame.Accepted accepted) {
      accepted(accepted.conversationId());
    } else if (frame instanceof Agents agents && step == Step.CHOOSE) {
      choose(agents);
    } else if (frame instanceof ControlFrame.Refused refused) {
      refused(refused.error(), frames);
    } else if (frame instanceof ControlFrame.Left) {
      writer.fail("not_found", "The server has removed the conversation.", frames);
    } else if (frame instanceof ControlFrame.Ping) {
      writer.stillWorks(frames);
    }
  }

  private void accepted(String id) {
    switch (step) {
      case FIND, START -> conversationId = id;
      case PASS_ON -> passOn();
      case CHOOSE, LOOK, VIEW -> {}
    }
  }

  private void join(Step next) {
    step = next;
    send(new JoinConversation(conversationId, null, null));
  }

  private void refused(ChatError error, Consumer<String> frames) {
    boolean missing = error.code() == ErrorCode.NOT_FOUND;
    if (step == Step.FIND && missing && input.newest() != null) {
      step = Step.CHOOSE;
      send(new ListAgents());
    } else if (step == Step.PASS_ON && (missing || error.code() == ErrorCode.CONFLICT)) {
      // Somebody else has answered, or stopped the run: the snapshot shows it.
      passOn();
    } else if (step == Step.FIND && missing) {
      refuse(ErrorCode.NOT_FOUND, NO_THREAD);
    } else {
      refuse(error.code(), error.message());
      writer.fail("unavailable", error.message(), frames);
    }
  }

  private void refuse(ErrorCode code, String message) {
    call.refuse(HttpProblem.of(code, message));
  }

  private void choose(Agents catalogue) {
    Speakers speakers = Speakers.find(catalogue, input.agent());
    Said topic = input.newest();
    if (speakers == null || topic == null) {
      refuse(
          ErrorCode.NOT_FOUND,
          "Name a team or an agent in the path, as in /agui/NAME; there is none of this name.");
      return;
    }
    step = Step.START;
    StartConversation start =
        speakers.team() == null
            ? start(topic.text(), speakers.names(), null)
            : start(topic.text(), null, speakers.team());
    send(Request.start(null, start, new Beginning(speakers.past(input), runMessageId(), false)));
  }

  @Override
  public ConversationEncoder conversation(String id) {
    // The view that a start begins shows what a snapshot is about to show.
    View view = new View(step == Step.FIND || step == Step.START);
    current = view;
    return view;
  }

  /** Decides what is new in the request. */
  private void look(Snapshot snapshot, Consumer<String> frames) {
    List<ClientCommand> commands = new ArrayList<>(answers(snapshot.content()));
    Said newest = input.newest();
    if (newest != null && input.answers().isEmpty()) {
      // The same run again adds nothing, because its message has the same id.
      commands.add(new SendMessage(conversationId, newest.text(), false, runMessageId()));
    }
    if (commands.isEmpty()) {
      step = Step.VIEW;
      writer.snapshot(snapshot, frames);
    } else {
      step = Step.PASS_ON;
      news = commands;
      passOn();
    }
  }

  /** Sends what is new, one at a time, and then views the conversation. */
  private void passOn() {
    List<ClientCommand> left = news;
    if (left.isEmpty()) {
      join(Step.VIEW);
    } else {
      news = left.subList(1, left.size());
      send(left.get(0));
    }
  }

  private List<ClientCommand> answers(Snapshot.Content content) {
    List<InputRequested> open =
        content.pendingInputs() == null ? List.of() : content.pendingInputs();
    List<ClientCommand> commands = new ArrayList<>();
    for (InterruptAnswer answer : input.answers()) {
      open.stream()
          .filter(question -> question.requestId().equals(answer.id()))
          .findFirst()
          .ifPresent(question -> commands.add(command(answer, question)));
    }
    return commands;
  }

  private ClientCommand command(InterruptAnswer answer, InputRequested question) {
    String content =
        answer.content() == null ? Interrupts.cancelled(question.kind()) : answer.content();
    if (!content.isEmpty()) {
      return new InputResponse(conversationId, question.requestId(), content);
    }
    return question.person() == null
        ? new StopConversation(conversationId)
        : new StopSpeaker(conversationId, null, question.requestId());
  }

  /** One view of the conversation; only the newest one writes. */
  private final class View implements ConversationEncoder {

    private final boolean silent;
    private boolean left;

    View(boolean silent) {
      this.silent = silent;
    }

    private boolean writes() {
      if (silent && !left) {
        // Not before it shows something: a view that is asked for while it begins may come first.
        left = true;
        join(step == Step.FIND ? Step.LOOK : Step.VIEW);
      }
      return !silent && current == this;
    }

    @Override
    public void entry(JournalEntry entry, Consumer<String> frames) {
      if (writes()) {
        writer.event(entry.event(), frames);
      }
    }

    @Override
    public void tokens(
        JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
      if (writes() && first.event() instanceof StreamedText streamed) {
        writer.text(streamed, text, frames);
      }
    }

    @Override
    public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
      if (!writes()) {
        return;
      }
      if (step == Step.LOOK) {
        look(snapshot, frames);
      } else if (step == Step.VIEW) {
        writer.snapshot(snapshot, frames);
      }
    }
  }
}
