// The official client of OpenAI against a team. AGENTSTREAM_ROOT is the server's root; its models
// say "Yes." and "No.".
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import test from "node:test";

const require = createRequire(process.env.AGENTSTREAM_CLIENTS + "/");
const { default: OpenAI } = await import(pathToFileURL(require.resolve("openai")));

const client = new OpenAI({
  baseURL: process.env.AGENTSTREAM_ROOT + "/v1",
  apiKey: "tea-token-of-ann",
  maxRetries: 0,
});
const messages = [{ role: "user", content: "Tea?" }];
const BOTH = "\u2063**Ann:** Yes.\n\n\u2063**Ben:** No.";

test("teams and agents are models", async () => {
  const ids = [];
  for await (const model of client.models.list()) {
    ids.push(model.id);
  }
  assert.deepEqual(ids, ["tea", "talk", "Ann"]);
  assert.equal((await client.models.retrieve("tea")).object, "model");
  await assert.rejects(client.models.retrieve("nobody"), OpenAI.NotFoundError);
});

test("an answer comes as a whole", async () => {
  const answer = await client.chat.completions.create({ model: "tea", messages });
  assert.equal(answer.choices[0].message.content, BOTH);
  assert.equal(answer.choices[0].finish_reason, "stop");
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  assert.ok(answer.usage.prompt_tokens > 0);
});

test("an answer streams, with the usage at its end", async () => {
  const stream = await client.chat.completions.create({
    model: "tea",
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let usage = null;
  let finish = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? "";
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, BOTH);
  assert.equal(finish, "stop");
  assert.ok(usage.total_tokens > 0);
});

test("the client's own accumulation of a stream gives the same message", async () => {
  const runner = client.chat.completions.stream({ model: "tea", messages });
  const completion = await runner.finalChatCompletion();
  assert.equal(completion.choices[0].message.content, BOTH);
  assert.equal(completion.choices[0].message.role, "assistant");
});

test("what was answered can be sent back as history, and content in parts", async () => {
  const answer = await client.chat.completions.create({
    model: "tea",
    speaker_names: false,
    messages: [
      { role: "system", content: "Be brief." },
      ...messages,
      { role: "assistant", content: BOTH },
      { role: "user", content: [{ type: "text", text: "Really?" }] },
    ],
  });
  assert.equal(answer.choices[0].message.content, "Yes.\n\nNo.");
});

test("a participant who is a person is asked at the end of an answer, and the next message answers", async () => {
  const asked = await client.chat.completions.create({ model: "talk", messages, store: true });
  assert.equal(asked.choices[0].message.content, "\u2063**Ann:** Yes.\n\n\u2063*(And you?)*");
  assert.equal(asked.choices[0].finish_reason, "stop");
  const stream = client.chat.completions.stream({
    model: "talk",
    conversation_id: asked.id,
    messages: [...messages, asked.choices[0].message, { role: "user", content: "Green, please." }],
  });
  const answered = await stream.finalChatCompletion();
  assert.equal(answered.choices[0].message.content, "\u2063**Ben:** Kim: Green, please.");
});

test("errors are the client's own kinds of error", async () => {
  await assert.rejects(
    client.chat.completions.create({ model: "nobody", messages }),
    (error) => error instanceof OpenAI.NotFoundError && error.code === "model_not_found",
  );
  const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };
  await assert.rejects(
    client.chat.completions.create({ model: "tea", messages: [{ role: "user", content: [image] }] }),
    (error) =>
      error instanceof OpenAI.BadRequestError &&
      error.param === "messages[0].content[0]" &&
      error.code === "unsupported_content",
  );
  const stranger = new OpenAI({ baseURL: client.baseURL, apiKey: "wrong", maxRetries: 0 });
  await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
  await assert.rejects(
    stranger.chat.completions.create({ model: "tea", messages, stream: true }),
    (error) => error instanceof OpenAI.AuthenticationError && error.code === "invalid_api_key",
  );
});

test("a stream can be left in its middle", async () => {
  const stream = await client.chat.completions.create({ model: "tea", messages, stream: true });
  for await (const chunk of stream) {
    assert.equal(chunk.object, "chat.completion.chunk");
    break;
  }
  assert.ok(stream.controller.signal.aborted);
});
