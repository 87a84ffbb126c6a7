import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const folder = new URL("../../main/resources/META-INF/resources/agentstream/", import.meta.url);
const npm = (...args) => spawnSync("npm", args, { encoding: "utf8" });

describe("the npm package", () => {
  it("has the version of the build", () => {
    const pom = readFileSync(new URL("../../../pom.xml", import.meta.url), "utf8");
    const [, version] = /<artifactId>agentstream-parent<\/artifactId>\s*<version>([^<]+)</.exec(pom);
    assert.equal(JSON.parse(readFileSync(new URL("package.json", folder), "utf8")).version, version);
  });

  it("can be packed, with the declarations", { skip: npm("--version").error && "there is no npm" }, () => {
    const packed = npm("pack", fileURLToPath(folder), "--offline", "--json", "--dry-run");
    assert.equal(packed.status, 0, packed.stderr);
    const files = JSON.parse(packed.stdout)[0].files.map(({ path }) => path);
    for (const file of ["package.json", "index.js", "index.d.ts", "conversation.d.ts"]) assert.ok(files.includes(file), file);
  });
});
