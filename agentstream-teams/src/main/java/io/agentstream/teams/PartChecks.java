package io.agentstream.teams;

import io.agentstream.teams.internal.Report;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Checks the models and tools of a file, each for itself. */
final class PartChecks {

  /** Parts of the names of headers and variables whose values are secrets. */
  private static final List<String> SECRET =
      List.of("auth", "cookie", "key", "token", "secret", "password", "credential");

  private static final String BASE_URL =
      "must be the base URL alone, such as http://127.0.0.1:11434/v1, without an operation such as"
          + " /chat/completions, a user, a password or a #";

  private final Report report;

  private PartChecks(Report report) {
    this.report = report;
  }

  static void check(Map<String, ModelSpec> models, Map<String, ToolSpec> tools, Report report) {
    PartChecks checks = new PartChecks(report);
    models.forEach((name, model) -> checks.model(model, "models." + name));
    List<String> defaults =
        models.entrySet().stream()
            .filter(model -> Boolean.TRUE.equals(model.getValue().isDefault()))
            .map(Map.Entry::getKey)
            .toList();
    if (defaults.size() > 1) {
      report.add(
          "models." + defaults.get(1) + ".default",
          "only one model can be the default; '" + defaults.get(0) + "' is it already");
    }
    tools.forEach((name, tool) -> checks.tool(tool, "tools." + name));
  }

  private void model(ModelSpec model, String path) {
    boolean openAi = model.provider() == null || model.provider() == ModelSpec.Provider.OPENAI;
    headers(model.headers(), path + ".headers");
    if (!openAi && model.model() == null) {
      report.add(path, "'model' is missing; only openai has a default one");
    }
    if (!openAi && model.maxTokensField() != null) {
      report.add(path + ".max_tokens_field", "is for the provider openai alone; leave it out");
    }
    if (openAi && model.baseUrl() != null) {
      String url = model.baseUrl();
      attempt(path + ".base_url", BASE_URL, () -> OpenAiCompatibleModel.builder().baseUrl(url));
    }
    if (openAi && model.maxTokensField() != null) {
      String field = model.maxTokensField();
      attempt(
          path + ".max_tokens_field",
          "must be max_tokens or max_completion_tokens",
          () -> OpenAiCompatibleModel.builder().maxTokensField(field));
    }
    if (openAi && !model.parameters().isEmpty()) {
      attempt(
          path + ".parameters",
          "must hold texts, numbers, booleans, lists and objects",
          () -> OpenAiCompatibleModel.builder().parameters(model.parameters()));
    }
  }

  /** Words the reason itself: that of the setting may quote the value. */
  private void attempt(String path, String reason, Supplier<?> setting) {
    try {
      var unused = setting.get();
    } catch (IllegalArgumentException e) {
      report.add(path, reason);
    }
  }

  private void headers(Map<String, Value> headers, String path) {
    values(headers, path);
    headers
        .keySet()
        .forEach(
            name -> {
              try {
                var unused = OpenAiCompatibleModel.builder().header(name, "x");
              } catch (IllegalArgumentException e) {
                report.add(path + "." + name, "is no header that can be sent");
              }
            });
  }

  private void values(Map<String, Value> values, String path) {
    values.forEach(
        (name, value) -> {
          String at = path + "." + name;
          if ((value.text() == null) == (value.env() == null)) {
            report.add(at, "must be either a text or {env: NAME}");
          } else if (value.text() != null && isSecret(name)) {
            report.add(
                at,
                "a secret must not stand in the file; write {env: NAME}, and set that variable");
          } else if (value.text() != null && value.text().chars().anyMatch(c -> c < ' ')) {
            report.add(at, "must be one line");
          }
        });
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET.stream().anyMatch(lower::contains);
  }

  private void tool(ToolSpec tool, String path) {
    if ((tool.mcp() == null) == (tool.custom() == null)) {
      report.add(path, "needs either 'mcp', for a server, or 'custom', for an extension");
    }
    if (tool.mcp() != null) {
      server(tool.mcp(), path + ".mcp");
      if (!tool.settings().isEmpty()) {
        report.add(path + ".settings", "belongs to 'custom'; leave it out");
      }
    } else {
      if (tool.timeoutSeconds() != null) {
        report.add(path + ".timeout_seconds", "belongs to 'mcp'; leave it out");
      }
      if (tool.idempotent() != null) {
        report.add(path + ".idempotent", "belongs to 'mcp'; leave it out");
      }
    }
    approval(tool, path + ".approval");
  }

  private void approval(ToolSpec tool, String path) {
    ToolSpec.Approval approval = tool.approval();
    if (approval == null) {
      return;
    }
    if ((approval.when() == null) == approval.tools().isEmpty()) {
      report.add(path, "must be never, always, or a list with the names of tools");
    }
    for (String name : approval.tools()) {
      if (!tool.allow().isEmpty() && !tool.allow().contains(name)) {
        report.add(path, "names a tool that 'allow' does not let in; add it there");
      }
    }
  }

  private void server(ToolSpec.Mcp server, String path) {
    boolean command = !server.command().isEmpty();
    if (command == (server.url() != null)) {
      report.add(path, "needs either 'command', for stdio, or 'url', for streamable HTTP");
      return;
    }
    values(server.env(), path + ".env");
    headers(server.headers(), path + ".headers");
    if (command && !server.headers().isEmpty()) {
      report.add(path + ".headers", "belongs to 'url'; give a command its values as 'env'");
    }
    if (command && server.credentials() != null) {
      report.add(path + ".credentials", "belongs to 'url'; a command serves all users");
    }
    if (!command && !server.env().isEmpty()) {
      report.add(path + ".env", "belongs to 'command'; give a URL its values as 'headers'");
    }
  }
}
