package io.agentstream.examples.it;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.agentstream.examples.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of a server with nothing but Markdown in it, drawn by {@code markdown-trials.js}. */
final class MarkdownSheet {

  private final List<String> complaints = new ArrayList<>();
  private final Page page;
  private final CDPSession session;

  private MarkdownSheet(Page page) {
    this.page = page;
    page.onPageError(complaints::add);
    page.onCrash(crashed -> complaints.add("the tab crashed"));
    session = page.context().newCDPSession(page);
    JsonObject byThread = new JsonObject();
    byThread.addProperty("timeDomain", "threadTicks");
    session.send("Performance.enable", byThread);
  }

  static MarkdownSheet open(Chromium chromium, EmbeddedServer server) {
    MarkdownSheet sheet = new MarkdownSheet(chromium.newContext().newPage());
    sheet.page.route("**/markdown-t*.js", MarkdownSheet::send);
    sheet.page.route("**/export-trials.js", MarkdownSheet::send);
    sheet.page.navigate(server.http("/").toString());
    sheet.page.evaluate(
        "async () => { globalThis.trials = await import('/markdown-trials.js'); await trials.ready(); }");
    return sheet;
  }

  void close() {
    page.context().close();
  }

  /** Returns the complaints of the page and its browser. */
  List<String> complaints() {
    return complaints;
  }

  String shown(String text) {
    return (String) page.evaluate("text => trials.shown(text)", text);
  }

  /** The conversation of {@code export-trials.js}, as Markdown. */
  String exported() {
    return (String) page.evaluate("async () => (await import('/export-trials.js')).markdown()");
  }

  /** Returns true if the JSON contains the same conversation. */
  boolean comesBackWhole() {
    return (boolean)
        page.evaluate("async () => (await import('/export-trials.js')).comesBackWhole()");
  }

  @SuppressWarnings("unchecked")
  List<String> circles() {
    return (List<String>) page.evaluate("trials.circles");
  }

  @SuppressWarnings("unchecked")
  List<String> tryCircle(String name) {
    return (List<String>) page.evaluate("name => trials.tryCircle(name)", name);
  }

  @SuppressWarnings("unchecked")
  Map<String, List<Object>> tryTexts(int from, int to) {
    return (Map<String, List<Object>>)
        page.evaluate("([from, to]) => trials.tryTexts(from, to)", List.of(from, to));
  }

  /**
   * Shows a text in as many updates as that takes.
   *
   * @param name of a text that runs in circles, or the number of another
   * @return milliseconds of processor time that the worst update took, with its layout
   */
  double worstUpdate(Object name) {
    page.evaluate("name => trials.beginSteps(name)", name);
    double worst = 0;
    for (boolean last = false; !last; ) {
      double before = processorMillis();
      last = (boolean) page.evaluate("trials.step()");
      worst = Math.max(worst, processorMillis() - before);
    }
    return worst;
  }

  private double processorMillis() {
    for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
        return metric.getAsJsonObject().get("value").getAsDouble() * 1000;
      }
    }
    throw new AssertionError("The browser does not tell its processor time");
  }

  private static void send(Route route) {
    String url = route.request().url();
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (InputStream in = MarkdownSheet.class.getResourceAsStream(name)) {
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      route.fulfill(new Route.FulfillOptions().setContentType("text/javascript").setBody(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
