package io.agentstream.http.rest;

import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Publishes the descriptions of the protocol for machines. */
final class SchemaRoute implements Action {

  private static final int OK = 200;
  private static final String FOLDER = "/META-INF/agentstream/protocol/v1/";
  private static final Pattern NAME = Pattern.compile("[a-z-]+(\\.schema)?\\.json");

  @Override
  public void serve(HttpCall call, PathIds ids) throws IOException {
    String text = read(Objects.requireNonNull(ids.values().get("file")));
    if (text == null) {
      call.refuse(HttpProblem.noSuchPath());
    } else {
      call.answer(OK, CommandViewer.JSON, text);
    }
  }

  private static @Nullable String read(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      return null;
    }
    try (InputStream in = SchemaRoute.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
