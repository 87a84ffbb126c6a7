import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = fileURLToPath(new URL("../../main/resources/META-INF/resources/agentstream/", import.meta.url));
/** The folder with React 19 and its test renderer, which `.ci/run` installs. */
const tools = process.env.AGENTSTREAM_NPM;

class Store extends EventTarget {
  conversation = { entries: ["m1", "m2"].map((messageId) => ({ kind: "message", messageId, content: "" })) };
  sync = "live";

  say(index, text) {
    const entry = this.conversation.entries[index];
    entry.content += text;
    this.dispatchEvent(new CustomEvent("entry", { detail: { entry } }));
  }
}

describe("the hook, in React 19", { skip: !tools && "AGENTSTREAM_NPM names no folder with React" }, () => {
  const app = mkdtempSync(join(tmpdir(), "agentstream-react-"));
  const module = (path) => import(pathToFileURL(join(app, "node_modules", path)));
  const frames = [];
  const renders = [];
  let React, renderer, useConversation;

  before(async () => {
    mkdirSync(join(app, "node_modules"));
    cpSync(folder, join(app, "node_modules", "agentstream-client"), { recursive: true });
    for (const name of ["react", "react-test-renderer"]) {
      symlinkSync(join(tools, "node_modules", name), join(app, "node_modules", name));
    }
    globalThis.IS_REACT_ACT_ENVIRONMENT = true;
    globalThis.requestAnimationFrame = (callback) => frames.push(callback);
    React = (await module("react/index.js")).default;
    renderer = (await module("react-test-renderer/index.js")).default;
    ({ useConversation } = await module("agentstream-client/react.js"));
  });
  after(() => rmSync(app, { recursive: true }));

  it("renders once a frame, and nothing that rests", async () => {
    const Message = React.memo(({ message }) => {
      renders.push(message.messageId);
      return message.content;
    });
    const Debate = ({ store }) => {
      renders.push("debate");
      return useConversation(store).conversation.entries.map((message) =>
        React.createElement(Message, { key: message.messageId, message }));
    };
    const store = new Store();
    let page;
    await React.act(() => {
      page = renderer.create(React.createElement(Debate, { store }));
    });
    renders.length = 0;
    for (let i = 0; i < 50; i++) store.say(1, "so ");
    assert.equal(frames.length, 1);
    await React.act(() => frames.shift()());

    assert.deepEqual(renders, ["debate", "m2"]);
    assert.ok(JSON.stringify(page.toJSON()).includes("so ".repeat(50)));
    await React.act(() => page.unmount());
    store.say(1, "more");
    assert.equal(frames.length, 0, "after the unmount nobody listens");
  });
});
