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
      const unreadable = t(/\.ya?ml$/i.test(file.name) ? "own.yaml" : "own.unreadable");
      showText(this.#said, error.code ? errorText(error) : unreadable);
    }
  }
}

async function read(file) {
  if (file.size > MOST_IMPORT_BYTES) throw new Error("too long");
  const { agents = [], people = [], teams = [] } = JSON.parse(await file.text());
  const isNamed = (entry) => typeof entry?.name === "string";
  if (![agents, people, teams].every((list) => Array.isArray(list) && list.every(isNamed))) throw new Error("no team file");
  return { agents, teams: teams.map((team) => withPeople(team, people)) };
}

/** Gives a team the people of the file who take part in it, because a team of the reader's own brings its people. */
function withPeople(team, people) {
  const own = [team.people ?? []].flat();
  const isOwn = (name) => own.some((person) => person.name === name);
  const others = people.filter(({ name }) => team.participants?.includes?.(name) && !isOwn(name));
  return others.length > 0 ? { ...team, people: [...own, ...others] } : team;
}
