package io.agentstream.wire;

/** Tells who the viewer is, or that it is still there. The connection carries it out itself. */
public sealed interface ConnectionCommand extends ClientCommand {

  /** Calls the method of {@code handler} for this command. */
  void deliverTo(ConnectionHandler handler);

  @Override
  default void deliverTo(Handler handler) {
    handler.onConnectionCommand(this);
  }

  /** Handles these commands, with one method for each. */
  interface ConnectionHandler {
    void onAuthenticate(Authenticate command);

    void onSetName(SetName command);

    void onPing();

    void onPong();
  }

  /**
   * Authenticates the viewer.
   *
   * @param token the user's secret
   */
  record Authenticate(String token) implements ConnectionCommand {
    @Override
    public void deliverTo(ConnectionHandler handler) {
      handler.onAuthenticate(this);
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "Authenticate[]";
    }
  }

  /**
   * Gives an anonymous viewer's connection a name.
   *
   * @param name the name; not blank, without control characters
   */
  record SetName(String name) implements ConnectionCommand {
    @Override
    public void deliverTo(ConnectionHandler handler) {
      handler.onSetName(this);
    }
  }

  /** Requests a pong. */
  record Ping() implements ConnectionCommand {
    @Override
    public void deliverTo(ConnectionHandler handler) {
      handler.onPing();
    }
  }

  /** Answers a ping. */
  record Pong() implements ConnectionCommand {
    @Override
    public void deliverTo(ConnectionHandler handler) {
      handler.onPong();
    }
  }
}
