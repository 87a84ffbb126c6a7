import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const folder = fileURLToPath(new URL("../../main/resources/META-INF/resources/agentstream/", import.meta.url));
const npm = (...args) => spawnSync("npm", args, { encoding: "utf8" });
/** The folder with publint, attw and React, which `.ci/run` installs. */
const tools = process.env.AGENTSTREAM_NPM;
const withTools = { skip: !tools && "AGENTSTREAM_NPM names no folder with the tools" };
const withNpm = { skip: npm("--version").error && "there is no npm" };
const scratch = mkdtempSync(join(tmpdir(), "agentstream-npm-"));
after(() => rmSync(scratch, { recursive: true }));

const packed = () => {
  const result = npm("pack", folder, "--offline", "--json", "--pack-destination", scratch);
  assert.equal(result.status, 0, result.stderr);
  return JSON.parse(result.stdout)[0];
};
const tool = (name, ...args) => spawnSync(process.execPath, [join(tools, "node_modules", ...name), ...args], { encoding: "utf8" });

describe("the npm package", () => {
  it("has the version of the build", () => {
    const pom = readFileSync(new URL("../../../pom.xml", import.meta.url), "utf8");
    const [, version] = /<artifactId>agentstream-parent<\/artifactId>\s*<version>([^<]+)</.exec(pom);
    assert.equal(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version, version);
  });

  it("can be packed, with a declaration for each file that users import", withNpm, () => {
    const files = packed().files.map(({ path }) => path);
    for (const file of ["README.md", "package.json", "index.js", "index.d.ts", "conversation.d.ts", "react.js", "react.d.ts"]) {
      assert.ok(files.includes(file), file);
    }
    assert.ok(files.every((file) => /^(README\.md|package\.json|[a-z-]+(\.d\.ts|\.js))$/.test(file)), files.join());
  });

  it("has no dependencies, and React is not needed", () => {
    const { dependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    assert.equal(dependencies, undefined);
    assert.equal(peerDependenciesMeta.react.optional, true);
  });

  it("has at most 10 KB as a bundler ships it, compressed", withTools, () => {
    const esbuild = join(tools, "node_modules", "esbuild", "bin", "esbuild");
    const arguments_ = [join(folder, "index.js"), "--bundle", "--minify", "--format=esm"];
    const { status, stdout, stderr } = spawnSync(esbuild, arguments_, { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    const size = gzipSync(stdout, { level: 9 }).length;
    assert.ok(size > 1_000 && size <= 10_000, `${size} bytes`);
  });

  it("is accepted by publint", withTools, () => {
    const { status, stdout, stderr } = tool(["publint", "src", "cli.js"], folder, "--strict");
    assert.equal(status, 0, stdout + stderr);
  });

  it("is accepted by attw, as the ES modules that it is", { skip: withTools.skip || withNpm.skip }, () => {
    const file = join(scratch, packed().filename);
    const attw = ["@arethetypeswrong", "cli", "dist", "index.js"];
    const { status, stdout, stderr } = tool(attw, file, "--profile", "esm-only", "--no-emoji", "--no-color");
    assert.equal(status, 0, stdout + stderr);
  });

  it("compiles with the examples, each of at most 60 lines", withTools, () => {
    const examples = fileURLToPath(new URL("../../../../agentstream-examples/web/", import.meta.url));
    const program = join(scratch, "program");
    mkdirSync(join(program, "node_modules", "@types"), { recursive: true });
    cpSync(folder, join(program, "node_modules", "agentstream-client"), { recursive: true });
    for (const name of ["@types/react", "csstype"]) {
      cpSync(join(tools, "node_modules", name), join(program, "node_modules", name), { recursive: true });
    }
    const names = readdirSync(examples).filter((name) => /\.tsx?$/.test(name));
    for (const name of names) {
      const lines = readFileSync(join(examples, name), "utf8").split("\n").length;
      assert.ok(lines <= 61, `${name}: ${lines} lines`);
      cpSync(join(examples, name), join(program, name));
    }
    const compilerOptions = {
      strict: true, noEmit: true, target: "es2022", module: "esnext", moduleResolution: "bundler",
      jsx: "react-jsx", lib: ["es2022", "dom", "dom.iterable"], types: [],
    };
    writeFileSync(join(program, "tsconfig.json"), JSON.stringify({ compilerOptions, files: names }));
    const { status, stdout } = tool(["typescript", "bin", "tsc"], "-p", program, "--pretty", "false");
    assert.equal(status, 0, stdout);
  });

  it("runs under its name, with the hook of React", withTools, () => {
    const app = join(scratch, "app");
    mkdirSync(join(app, "node_modules"), { recursive: true });
    cpSync(folder, join(app, "node_modules", "agentstream-client"), { recursive: true });
    symlinkSync(join(tools, "node_modules", "react"), join(app, "node_modules", "react"));
    const program = `import { ConversationView } from "agentstream-client";
      import { useConversation } from "agentstream-client/react";
      console.log(typeof ConversationView, typeof useConversation);`;
    writeFileSync(join(app, "app.mjs"), program);
    const { stdout, stderr } = spawnSync(process.execPath, [join(app, "app.mjs")], { encoding: "utf8" });
    assert.equal(stdout.trim(), "function function", stderr);
  });
});
