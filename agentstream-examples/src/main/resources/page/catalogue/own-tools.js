import { byId, showText } from "../dom.js";
import { download } from "../export/download.js";
import { t } from "../i18n/i18n.js";
import { errorText } from "../plain-words.js";
import { editAgent } from "./agent-editor.js";
import { editTeam } from "./team-editor.js";

const MOST_IMPORT_BYTES = 2_000_000;

/** The buttons with which the reader makes agents and teams, and takes them away as a file. */
export class OwnTools {
  #node = byId("own-tools");
  #export = byId("export-own");
  #file = byId("import-file");
  #said = byId("own-said");
  #own;
  #connection;
  #bounds;

  /**
   * @param {import("./own-definitions.js").OwnDefinitions} own
   * @param {import("/agentstream/connection.js").AgentstreamConnection} connection
   * @param {import("../bounds.js").Bounds} bounds
   */
  constructor(own, connection, bounds) {
    this.#own = own;
    this.#connection = connection;
    this.#bounds = bounds;
    byId("new-agent").addEventListener("click", () => editAgent(own, connection));
    byId("new-team").addEventListener("click", () => editTeam(own, bounds.maxRounds));
    byId("import-own").addEventListener("click", () => this.#file.click());
    this.#export.addEventListener("click", () => this.#takeAway());
    this.#file.addEventListener("change", () => this.#import());
    own.addEventListener("change", () => this.#show());
  }

  /** @param {string} name of an agent of the reader's own */
  editAgent(name) {
    const agent = this.#own.catalogue.agents.find((each) => each.own && each.name === name);
    if (agent) editAgent(this.#own, this.#connection, agent.definition, name);
  }

  /** @param {string} name of a team of the reader's own */
  editTeam(name) {
    const team = this.#own.catalogue.teams.find((each) => each.own && each.name === name);
    if (team) editTeam(this.#own, this.#bounds.maxRounds, team.definition, name);
  }

  #show() {
    const { editing, agents, teams } = this.#own.catalogue;
    this.#node.hidden = editing === undefined;
    this.#export.hidden = ![...agents, ...teams].some(({ own }) => own);
  }

  #takeAway() {
    download("agentstream-teams.json", "application/json", `${JSON.stringify(this.#own.file, null, 2)}\n`);
  }

  async #import() {
    const [file] = this.#file.files;
    this.#file.value = "";
    if (!file) return;
    try {
      const { agents, teams } = await read(file);
      await this.#own.add({ agents, teams });
      showText(this.#said, t("own.imported", { agents: agents.length, teams: teams.length }));
    } catch (error) {
      showText(this.#said, error.code ? errorText(error) : t("own.unreadable"));
    }
  }
}

async function read(file) {
  if (file.size > MOST_IMPORT_BYTES) throw new Error("too long");
  const { agents = [], teams = [] } = JSON.parse(await file.text());
  const isNamed = (entry) => typeof entry?.name === "string";
  if (![agents, teams].every((list) => Array.isArray(list) && list.every(isNamed))) throw new Error("no team file");
  return { agents, teams };
}
