// The official client of AG-UI against a team, with its verifier. AGENTSTREAM_ROOT is the server's
// root; AGENTSTREAM_CUTS is how many cuts to try, spread over all events of a run.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { randomUUID } from "node:crypto";
import test from "node:test";

const require = createRequire(process.env.AGENTSTREAM_CLIENTS + "/");
const { HttpAgent, EventType } = await import(pathToFileURL(require.resolve("@ag-ui/client")));

const ROOT = process.env.AGENTSTREAM_ROOT;
const CUTS = Number(process.env.AGENTSTREAM_CUTS ?? "60");
const QUESTION = { id: "question", role: "user", content: "Tea?" };

// The server's marks of a message that was given its id by the server are the same in every thread.
function agent(threadId, messages, team = "tea") {
  return new HttpAgent({ url: ROOT + "/agui/" + team, threadId, initialMessages: messages });
}

// Fetches like a browser, and cuts the response after so many events, if it has more.
function cutAfter(events, onCut) {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (events === null) {
      return response;
    }
    let left = events;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const encoder = new TextEncoder();
    let rest = "";
    return new Response(
      new ReadableStream({
        async pull(controller) {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            return;
          }
          rest += decoder.decode(value, { stream: true });
          for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
            if (left-- <= 0) {
              onCut();
              await reader.cancel();
              controller.close();
              return;
            }
            controller.enqueue(encoder.encode(rest.slice(0, end + 2)));
            rest = rest.slice(end + 2);
          }
        },
      }),
      { status: response.status, headers: response.headers },
    );
  };
}

// Runs once; returns the events, or null in the place of an outcome if the line was cut.
async function run(client, parameters, subscriber = {}) {
  const events = [];
  let outcome = null;
  await client.runAgent(parameters, {
    onEvent: ({ event }) => void events.push(event),
    onRunFinishedEvent: ({ event }) => void (outcome = event.outcome),
    ...subscriber,
  });
  return { events, outcome };
}

// Takes a thread to its end: joins again after a cut, and approves what it is asked. Each request
// is cut after so many events as the next of the cuts says; null is none. The result has the
// number of events of each request, and of cuts that were made.
async function wholeThread(threadId, cuts, team = "tea", runId = randomUUID()) {
  let client = agent(threadId, [QUESTION], team);
  let parameters = { runId };
  let asked = [];
  let made = 0;
  const counts = [];
  for (let round = 0; round < 50; round++) {
    const cut = cuts.length > 0 ? cuts.shift() : null;
    client.fetch = cutAfter(cut, () => made++);
    const { events, outcome } = await run(client, parameters);
    counts.push(events.length);
    if (outcome === null) {
      // A reload: another client asks for the same run, with the messages of the first or fewer.
      client = agent(threadId, round % 2 === 0 ? client.messages : [QUESTION], team);
    } else if (outcome.type === "interrupt") {
      asked.push(outcome.interrupts.map((interrupt) => interrupt.message));
      parameters = {
        runId: randomUUID(),
        resume: outcome.interrupts.map(({ id }) => ({
          interruptId: id,
          status: "resolved",
          payload: { approved: true },
        })),
      };
    } else {
      return { messages: client.messages, state: client.state, outcome, asked, counts, made };
    }
  }
  throw new Error("The thread has no end");
}

// Returns the cuts that begin with one at a place of the whole thread, whichever request has it.
function cutsAt(place, counts, more = []) {
  const request = place < counts[0] ? 0 : 1;
  return request === 0 ? [place, ...more] : [null, place - counts[0], ...more];
}

function comparable(messages) {
  return messages.map(({ metadata, ...message }) => message);
}

test("a run has the names of its speakers, their thinking and their tools", async () => {
  const { messages, state, outcome, asked } = await wholeThread(randomUUID(), []);
  assert.equal(outcome.type, "success");
  assert.deepEqual(messages[0], QUESTION);
  const spoken = messages.filter((message) => message.role === "assistant");
  assert.deepEqual(spoken.map(({ name }) => name), ["Ann", "Ben", "Cat"]);
  assert.equal(spoken[0].content, "Tea is fine.");
  const call = spoken[1].toolCalls[0];
  assert.deepEqual(call.function, { name: "order", arguments: '{"cups":2}' });
  const result = messages.find((message) => message.role === "tool");
  assert.equal(result.toolCallId, call.id);
  assert.equal(result.content, "ordered");
  assert.equal(messages.find((message) => message.role === "reasoning").content, "Let me think.");
  assert.deepEqual(asked, [["May Ben call order?"]]);
  assert.equal(state.state, "ended");
  assert.deepEqual(state.agents, ["Ann", "Ben", "Cat"]);
});

test("a second message continues the thread, and the same run again adds nothing", async () => {
  const threadId = randomUUID();
  const first = await wholeThread(threadId, []);
  const more = [...first.messages, { id: "more", role: "user", content: "And coffee?" }];
  const client = agent(threadId, more);
  const parameters = { runId: randomUUID() };
  let { outcome } = await run(client, parameters);
  assert.equal(outcome.type, "interrupt");
  const again = agent(threadId, more);
  ({ outcome } = await run(again, parameters));
  assert.equal(outcome.type, "interrupt");
  assert.deepEqual(comparable(again.messages), comparable(client.messages));
  assert.equal(again.messages.filter(({ content }) => content === "And coffee?").length, 1);
});

test("the same words in another run are said again", async () => {
  const threadId = randomUUID();
  await wholeThread(threadId, []);
  const client = agent(threadId, [QUESTION]);
  const { outcome } = await run(client, { runId: randomUUID() });
  assert.equal(outcome.type, "interrupt");
  assert.equal(client.messages.filter(({ content }) => content === QUESTION.content).length, 2);
});

test("an answered question is not open again", async () => {
  const threadId = randomUUID();
  const client = agent(threadId, [QUESTION]);
  const { outcome } = await run(client, { runId: randomUUID() });
  const resume = [
    { interruptId: outcome.interrupts[0].id, status: "resolved", payload: "approve" },
  ];
  const answered = await run(client, { runId: randomUUID(), resume });
  assert.equal(answered.outcome.type, "success");
  const late = agent(threadId, []);
  const repeated = await run(late, { runId: randomUUID(), resume });
  assert.equal(repeated.outcome.type, "success");
  assert.deepEqual(
    late.messages.map(({ content }) => content),
    client.messages.map(({ content }) => content),
  );
});

test("a cancelled question is a denied one", async () => {
  const client = agent(randomUUID(), [QUESTION]);
  const { outcome } = await run(client, { runId: randomUUID() });
  const resume = [{ interruptId: outcome.interrupts[0].id, status: "cancelled" }];
  await run(client, { runId: randomUUID(), resume });
  const result = client.messages.find((message) => message.role === "tool");
  assert.equal(result.content, "The call was not approved.");
});

async function untilKimIsAsked() {
  const client = agent(randomUUID(), [QUESTION], "talk");
  const { outcome } = await run(client, { runId: randomUUID() });
  assert.equal(outcome.type, "interrupt");
  const [{ id, reason, message, metadata, responseSchema }] = outcome.interrupts;
  assert.equal(outcome.interrupts.length, 1);
  assert.deepEqual({ reason, message, metadata }, { reason: "text", message: "And you?", metadata: { person: "Kim" } });
  assert.deepEqual(responseSchema, { type: "string" });
  return { client, id };
}

const lines = ({ messages }) => messages.map(({ role, name, content }) => [role, name, content]);
const ANN = ["assistant", "Ann", "Tea is fine."];
const CAT = ["assistant", "Cat", "I agree, by and large."];

test("a participant who is a person is asked, and the answer is a message under its name", async () => {
  const { client, id } = await untilKimIsAsked();
  const resume = [{ interruptId: id, status: "resolved", payload: "Green, please." }];
  const { outcome } = await run(client, { runId: randomUUID(), resume });
  assert.equal(outcome.type, "success");
  const said = lines(client).filter(([role]) => role !== "reasoning");
  assert.deepEqual(said, [["user", undefined, "Tea?"], ANN, ["user", "Kim", "Green, please."], CAT]);
});

test("a message of a client that knows no question answers for the person who is asked, and keeps its id", async () => {
  const { client: asked } = await untilKimIsAsked();
  const answer = { id: "answer", role: "user", content: "Green." };
  const client = agent(asked.threadId, [...asked.messages, answer], "talk");
  const { outcome } = await run(client, { runId: randomUUID() });
  assert.equal(outcome.type, "success");
  const { name, content } = client.messages.find(({ id }) => id === "answer");
  assert.deepEqual({ name, content }, { name: "Kim", content: "Green." });
  assert.deepEqual(lines(client).at(-1), CAT);
});

test("a cancelled question to a person skips the person alone", async () => {
  const { client, id } = await untilKimIsAsked();
  const resume = [{ interruptId: id, status: "cancelled" }];
  const { outcome } = await run(client, { runId: randomUUID(), resume });
  assert.equal(outcome.type, "success");
  const said = lines(client).filter(([role]) => role !== "reasoning");
  assert.deepEqual(said, [["user", undefined, "Tea?"], ANN, CAT]);
});

test("a thread that does not exist cannot be joined", async () => {
  const silent = agent(randomUUID(), []);
  console.error = () => {};
  await assert.rejects(silent.runAgent({ runId: randomUUID() }), /404/);
});

test("after a cut at any event the messages are those of a client that was never cut", async () => {
  const uncut = await wholeThread(randomUUID(), []);
  const expected = comparable(uncut.messages);
  const places = uncut.counts[0] + uncut.counts[1];
  assert.equal(uncut.counts.length, 2);
  assert.ok(places > 20, "a thread of " + places + " events is too short to be cut");
  let cutThreads = 0;
  let made = 0;
  // Events that come together are merged, so a place may not exist in each thread.
  for (let i = 0; cutThreads < CUTS && i < 4 * CUTS; i++) {
    const place = i % places;
    const second = Math.floor(i / places) % 7;
    const cuts = cutsAt(place, uncut.counts, second === 0 ? [] : [second, place % 5]);
    const cut = await wholeThread(randomUUID(), [...cuts]);
    assert.deepEqual(comparable(cut.messages), expected, "cut after " + cuts);
    const tools = cut.messages.filter(({ role }) => role === "tool");
    assert.equal(tools.length, 1, "cut after " + cuts);
    assert.ok(cut.asked.length >= 1);
    cutThreads += cut.made > 0 ? 1 : 0;
    made += cut.made;
  }
  assert.equal(cutThreads, CUTS);
  console.log("# cuts " + made + " in " + cutThreads + " threads, over " + places + " places");
});

test("speakers of the same time keep their names and their words apart", async () => {
  const { messages, outcome } = await wholeThread(randomUUID(), [], "together");
  assert.equal(outcome.type, "success");
  const spoken = messages.filter((message) => message.role === "assistant");
  const words = Object.fromEntries(spoken.map(({ name, content }) => [name, content]));
  assert.equal(spoken.length, 3);
  assert.equal(words.Ann, "Tea is fine.");
  assert.match(words.Ben, /Two cups are on their way\./);
  assert.equal(words.Cat, "I agree, by and large.");
});

test("with speakers of the same time, a client that is cut off ends up like one that watches", async () => {
  const { counts } = await wholeThread(randomUUID(), [], "together");
  const count = counts[0] + counts[1];
  const cuts = Math.ceil(CUTS / 3);
  let made = 0;
  for (let i = 0; i < cuts; i++) {
    const threadId = randomUUID();
    const runId = randomUUID();
    const places = cutsAt(i % count, counts, [Math.floor(i / count) % 7, i % 5]);
    const [watched, cut] = await Promise.all([
      wholeThread(threadId, [], "together", runId),
      wholeThread(threadId, [...places], "together", runId),
    ]);
    assert.deepEqual(comparable(cut.messages), comparable(watched.messages), "cut after " + places);
    assert.equal(cut.messages.filter(({ role }) => role === "tool").length, 1);
    assert.equal(cut.messages.filter(({ role }) => role === "user").length, 1);
    made += cut.made;
  }
  assert.ok(made >= cuts / 2, made + " cuts");
  console.log("# cuts " + made + " in " + cuts + " threads with speakers of the same time");
});
