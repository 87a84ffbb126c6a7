package io.agentstream.http.rest;

import io.agentstream.http.door.HttpCall;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The table of all paths. Each row is a method, a path, and what it does. */
final class Routes {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private static final String CONVERSATION = "/conversations/{conversation_id}";

  private static final String SHARES = CONVERSATION + "/shares";

  private static final String QUEUED = CONVERSATION + "/messages/{queue_id}";

  /** A new command of the protocol is one row here, and one in {@code openapi.json}. */
  static final List<Route> ALL =
      List.of(
          get("/welcome", new WelcomeRoute()),
          post("/commands", new AnyCommandRoute()),
          post("/tickets", new TicketRoute()),
          get("/schema/{file}", new SchemaRoute()),
          get("/agents", new CommandRoute("list_agents", OK)),
          post("/agents", new CommandRoute("save_agent", OK)),
          new Route("DELETE", "/agents/{name}", new CommandRoute("delete_agent", OK)),
          post("/teams", new CommandRoute("save_team", OK)),
          new Route("DELETE", "/teams/{name}", new CommandRoute("delete_team", OK)),
          get("/conversations", new CommandRoute("list_conversations", OK).withQuery()),
          post(
              "/conversations",
              new CommandRoute("start_conversation", CREATED).keyed("request_id")),
          post("/conversations/import", new ImportRoute()),
          get(CONVERSATION, new SnapshotRoute()),
          get(CONVERSATION + "/export", new ExportRoute()),
          new Route("PATCH", CONVERSATION, new CommandRoute("rename_conversation", OK)),
          new Route("DELETE", CONVERSATION, new CommandRoute("delete_conversation", OK)),
          get(CONVERSATION + "/events", new EventsRoute()),
          post(
              CONVERSATION + "/messages",
              new CommandRoute("send_message", ACCEPTED).keyed("message_id")),
          new Route("PATCH", QUEUED, new CommandRoute("edit_message", ACCEPTED)),
          new Route("DELETE", QUEUED, new CommandRoute("withdraw_message", ACCEPTED)),
          post(CONVERSATION + "/call-on", new CommandRoute("call_on", ACCEPTED)),
          post(CONVERSATION + "/mute-agent", new CommandRoute("mute_agent", ACCEPTED)),
          post(CONVERSATION + "/unmute-agent", new CommandRoute("unmute_agent", ACCEPTED)),
          post(CONVERSATION + "/add-agent", new CommandRoute("add_agent", ACCEPTED)),
          post(CONVERSATION + "/remove-agent", new CommandRoute("remove_agent", ACCEPTED)),
          get(SHARES, new CommandRoute("list_shares", OK)),
          post(SHARES, new CommandRoute("share_conversation", CREATED)),
          new Route("DELETE", SHARES + "/{share_id}", new CommandRoute("revoke_share", OK)),
          post(CONVERSATION + "/typing", new CommandRoute("typing", ACCEPTED)),
          post(CONVERSATION + "/answers", new CommandRoute("input_response", ACCEPTED)),
          post(CONVERSATION + "/stop", new CommandRoute("stop_conversation", ACCEPTED)),
          post(CONVERSATION + "/stop-speaker", new CommandRoute("stop_speaker", ACCEPTED)),
          post(CONVERSATION + "/pause", new CommandRoute("pause_conversation", ACCEPTED)),
          post(CONVERSATION + "/unpause", new CommandRoute("unpause_conversation", ACCEPTED)));

  private Routes() {}

  private static Route get(String path, Action action) {
    return new Route("GET", path, action);
  }

  private static Route post(String path, Action action) {
    return new Route("POST", path, action);
  }

  /** Finds the row for a request. */
  static Optional<Match> find(String method, String path) {
    return ALL.stream()
        .filter(route -> route.method().equals(method))
        .flatMap(route -> route.pattern().match(path).map(ids -> new Match(route, ids)).stream())
        .findFirst();
  }

  /** Returns the methods of a path; none if there is no such path. */
  static SortedSet<String> methodsOf(String path) {
    SortedSet<String> methods = new TreeSet<>();
    for (Route route : ALL) {
      if (route.pattern().match(path).isPresent()) {
        methods.add(route.method());
      }
    }
    return methods;
  }

  /** A row. */
  record Route(String method, PathPattern pattern, Action action) {
    Route(String method, String path, Action action) {
      this(method, new PathPattern(path), action);
    }
  }

  /** A row that fits a request. */
  record Match(Route route, PathIds ids) {
    void serve(HttpCall call) throws Exception {
      route.action().serve(call, ids);
    }
  }
}
