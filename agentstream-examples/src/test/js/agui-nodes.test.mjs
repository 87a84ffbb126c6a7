// The official client of AG-UI, with its verifier, against two nodes of a service. AGENTSTREAM_ROOT is
// the node that gets the run, and AGENTSTREAM_PID its process, which the test kills. AGENTSTREAM_OTHER
// is the node that is left.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { randomUUID } from "node:crypto";
import test from "node:test";

const require = createRequire(process.env.AGENTSTREAM_CLIENTS + "/");
const { HttpAgent } = await import(pathToFileURL(require.resolve("@ag-ui/client")));

const OWNER = process.env.AGENTSTREAM_ROOT;
const OTHER = process.env.AGENTSTREAM_OTHER;
const PID = Number(process.env.AGENTSTREAM_PID);
const QUESTION = { id: "question", role: "user", content: "Tea?" };
const NAMES = ["Ann", "Ben", "Cat"];

function agent(root, threadId, messages) {
  return new HttpAgent({ url: root + "/agui/tea", threadId, initialMessages: messages });
}

// Fetches like a browser; a connection that breaks ends the response, which the client would not catch.
async function fetchUntilBroken(url, init) {
  const response = await fetch(url, init);
  const reader = response.body.getReader();
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch(() => ({ done: true }));
      if (done) {
        controller.close();
      } else {
        controller.enqueue(value);
      }
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

async function outcomeOf(client, runId, onEvent = () => {}) {
  let outcome = null;
  await client.runAgent(
    { runId },
    {
      onEvent: ({ event }) => void onEvent(event),
      onRunFinishedEvent: ({ event }) => void (outcome = event.outcome),
    },
  );
  return outcome;
}

// A takeover may last longer than a request waits for it; the answer is 503 then.
async function joinedOf(client, runId) {
  while (true) {
    try {
      return await outcomeOf(client, runId);
    } catch (failure) {
      assert.match(String(failure), /503/);
    }
  }
}

const comparable = (messages) => messages.map(({ metadata, ...message }) => message);

// An answer of the model is "N:0 N:1 … N:99 ": all of it, from one call.
function isWhole(text) {
  const tokens = text.trim().split(" ");
  const call = tokens[0].split(":")[0];
  return tokens.length === 100 && tokens.every((token, i) => token === call + ":" + i);
}

test("a run whose node is killed is joined again at another node, with nothing lost or twice", async () => {
  const threadId = randomUUID();
  const runId = randomUUID();
  const cut = agent(OWNER, threadId, [QUESTION]);
  cut.fetch = fetchUntilBroken;
  const watching = agent(OTHER, threadId, [QUESTION]);
  let watched = null;
  let starts = 0;
  const broken = outcomeOf(cut, runId, ({ type }) => {
    watched ??= outcomeOf(watching, runId);
    starts += type === "TEXT_MESSAGE_START" ? 1 : 0;
    if (starts === 2 && type === "TEXT_MESSAGE_CONTENT") {
      starts++;
      process.kill(PID, "SIGKILL");
    }
  });
  console.error = () => {};
  const first = await broken.catch(() => null);
  assert.equal(first, null, "the run was cut");

  const again = agent(OTHER, threadId, cut.messages);
  const [joined, seen] = await Promise.all([joinedOf(again, runId), watched]);
  assert.equal(joined.type, "success");
  assert.equal(seen.type, "success");
  const late = agent(OTHER, threadId, [QUESTION]);
  assert.equal((await outcomeOf(late, runId)).type, "success");

  const spoken = late.messages.filter(({ role }) => role === "assistant");
  assert.deepEqual(spoken.map(({ name }) => name), NAMES);
  spoken.forEach(({ content }) => assert.ok(isWhole(content), content));
  assert.equal(late.messages.filter(({ role }) => role === "user").length, 1);
  assert.deepEqual(comparable(again.messages), comparable(late.messages));
  assert.deepEqual(comparable(watching.messages), comparable(late.messages));

  const more = agent(OTHER, threadId, [...late.messages, { id: "more", role: "user", content: "And coffee?" }]);
  assert.equal((await outcomeOf(more, randomUUID())).type, "success");
  assert.equal(more.messages.filter(({ role }) => role === "assistant").length, 2 * NAMES.length);
});
