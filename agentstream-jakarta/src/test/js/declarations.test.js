import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import * as client from "../../main/resources/META-INF/resources/agentstream/index.js";

const folder = new URL("../../main/resources/META-INF/resources/agentstream/", import.meta.url);
const declarations = (file) => readFileSync(new URL(file, folder), "utf8");
const files = {
  AgentstreamConnection: "connection.d.ts",
  ConversationStore: "conversation-store.d.ts",
  ConversationView: "conversation-view.d.ts",
  AgentstreamError: "errors.d.ts",
  SUBPROTOCOL: "connection.d.ts",
};

/** Its own and those that it inherits from other classes of the client. */
function membersOf({ prototype }) {
  const platform = [EventTarget.prototype, Error.prototype, Object.prototype, undefined];
  if (platform.includes(prototype)) return [];
  return [...Object.getOwnPropertyNames(prototype), ...membersOf(Object.getPrototypeOf(prototype).constructor)];
}

describe("the type declarations", () => {
  it("name everything that is exported", () => {
    assert.deepEqual(Object.keys(client).sort(), Object.keys(files).sort());
    for (const name of Object.keys(client)) assert.match(declarations("index.d.ts"), new RegExp(`\\b${name}\\b`));
  });

  it("promise of no member that it is always null", () => {
    for (const file of Object.values(files)) assert.doesNotMatch(declarations(file), /get \w+\(\): null;/);
  });

  for (const [name, file] of Object.entries(files)) {
    it(`tell of every member of ${name}`, () => {
      const text = declarations(file);
      assert.match(text, new RegExp(`\\b${name}\\b`));
      for (const member of membersOf(client[name])) {
        assert.match(text, new RegExp(`\\b${member}\\b`), `${member} is missing in ${file}`);
      }
    });
  }
});
