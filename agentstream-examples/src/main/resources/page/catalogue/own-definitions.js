import { keptHere } from "../kept.js";

/** @typedef {import("/agentstream/connection.js").Catalogue} Catalogue */
/** @typedef {import("/agentstream/connection.js").StartOptions} StartOptions */
/** @typedef {{version: 1, agents: object[], teams: object[]}} TeamFile */

const KEY = "agentstream.definitions";
const DEFAULT_ROUNDS = 3;

/**
 * The agents and teams that the reader has made. The server keeps them for readers whom it knows, and this browser for
 * all others.
 *
 * Events: `change` (detail: {@link Catalogue}) with the server's entries and the reader's own.
 */
export class OwnDefinitions extends EventTarget {
  #connection;
  /** @type {Catalogue} */
  #catalogue = { agents: [], teams: [], speakerSelections: [], models: [], tools: [] };
  #local = stored();

  /** @param {import("/agentstream/connection.js").AgentstreamConnection} connection */
  constructor(connection) {
    super();
    this.#connection = connection;
  }

  /** @param {Catalogue} catalogue the server's, which just came */
  take(catalogue) {
    this.#catalogue = this.#isKeptHere(catalogue) ? withLocal(catalogue, this.#local) : catalogue;
    this.dispatchEvent(new CustomEvent("change", { detail: this.#catalogue }));
  }

  get catalogue() {
    return this.#catalogue;
  }

  /** @returns {TeamFile} all that the reader has made */
  get file() {
    const own = (entries) => entries.filter((entry) => entry.own).map(({ definition }) => definition);
    return { version: 1, agents: own(this.#catalogue.agents), teams: own(this.#catalogue.teams) };
  }

  /**
   * @param {object} definition of an agent
   * @param {string} [before] its name so far; teams that it takes part in follow a new name
   */
  async saveAgent(definition, before) {
    await this.#save("agents", definition, before);
  }

  /**
   * @param {object} definition of a team
   * @param {string} [before] its name so far
   */
  async saveTeam(definition, before) {
    await this.#save("teams", definition, before);
  }

  /** @param {string} name of an agent */
  async deleteAgent(name) {
    await this.#remove("agents", name);
  }

  /** @param {string} name of a team */
  async deleteTeam(name) {
    await this.#remove("teams", name);
  }

  /**
   * Takes over agents and teams of a file; each replaces the reader's own of the same name. Teams come after what they
   * contain.
   *
   * @param {Partial<TeamFile>} file
   */
  async add({ agents = [], teams = [] }) {
    for (const agent of agents) await this.saveAgent(agent);
    for (const team of inOrder(teams)) await this.saveTeam(team);
  }

  /**
   * @param {StartOptions} options
   * @returns {StartOptions} with the definitions that the server does not have
   */
  withDefinitions(options) {
    if (!this.#isKeptHere(this.#catalogue)) return options;
    const definitions = part(this.#local, options.team === undefined ? (options.agents ?? []) : [options.team]);
    return definitions.agents.length + definitions.teams.length > 0 ? { ...options, definitions } : options;
  }

  async #save(kind, definition, before = definition.name) {
    await this.#put(kind, definition);
    if (before === definition.name) return;
    const follow = (names) => names.map((name) => (name === before ? definition.name : name));
    for (const team of this.file.teams) {
      if (team.participants.includes(before)) await this.#put("teams", { ...team, participants: follow(team.participants) });
    }
    await this.#remove(kind, before);
  }

  async #put(kind, definition) {
    if (!this.#isKeptHere(this.#catalogue)) {
      const saved = kind === "agents" ? this.#connection.saveAgent(definition) : this.#connection.saveTeam(definition);
      return this.take(await saved);
    }
    const others = this.#local[kind];
    const isNew = others.every(({ name }) => name !== definition.name);
    const all = isNew ? [...others, definition] : others.map((each) => (each.name === definition.name ? definition : each));
    this.#keep({ ...this.#local, [kind]: all });
  }

  async #remove(kind, name) {
    if (!this.#isKeptHere(this.#catalogue)) {
      const removed = kind === "agents" ? this.#connection.deleteAgent(name) : this.#connection.deleteTeam(name);
      return this.take(await removed);
    }
    this.#keep({ ...this.#local, [kind]: this.#local[kind].filter((each) => each.name !== name) });
  }

  #keep(file) {
    this.#local = file;
    keptHere.set(KEY, JSON.stringify(file));
    const server = (entries) => entries.filter(({ own }) => !own);
    this.take({ ...this.#catalogue, agents: server(this.#catalogue.agents), teams: server(this.#catalogue.teams) });
  }

  #isKeptHere({ editing }) {
    return editing !== undefined && !editing.kept;
  }
}

/** Returns what these names stand for, with all that the teams among them contain. */
function part({ agents, teams }, names) {
  const needed = new Set();
  const collect = (name) => {
    if (needed.has(name)) return;
    needed.add(name);
    teams.find((team) => team.name === name)?.participants.forEach(collect);
  };
  names.forEach(collect);
  const isNeeded = ({ name }) => needed.has(name);
  return { version: 1, agents: agents.filter(isNeeded), teams: teams.filter(isNeeded) };
}

/** Returns teams so that each comes after those that it contains. */
function inOrder(teams) {
  const done = new Set();
  const visit = (team) => {
    if (done.has(team)) return;
    done.add(team);
    teams.filter(({ name }) => team.participants?.includes?.(name)).forEach(visit);
    ordered.push(team);
  };
  const ordered = [];
  teams.forEach(visit);
  return ordered;
}

function withLocal(catalogue, { agents, teams }) {
  return {
    ...catalogue,
    agents: [...catalogue.agents, ...agents.map(agentCard)],
    teams: [...catalogue.teams, ...teams.map(teamCard)],
  };
}

function agentCard(definition) {
  const { name, description = "", colour } = definition;
  return { name, description, own: true, definition, ...(colour !== undefined && { colour }) };
}

function teamCard(definition) {
  const { name, description = "", participants, people = [], speaker_selection, max_rounds = DEFAULT_ROUNDS, samples = [], end_when } = definition;
  return {
    name,
    agents: participants,
    description,
    speakerSelection: selectionKind(speaker_selection),
    maxRounds: max_rounds,
    sampleTopics: samples,
    own: true,
    definition,
    ...(end_when && { endWhen: end_when }),
    ...(people.length > 0 && { people: people.map((person) => person.name) }),
  };
}

/** @param {string | {kind: string} | undefined} selection as in a team file */
export function selectionKind(selection = "round_robin") {
  return typeof selection === "string" ? selection : selection.kind;
}

function stored() {
  try {
    const { agents = [], teams = [] } = JSON.parse(keptHere.get(KEY) ?? "{}");
    return { version: 1, agents, teams };
  } catch {
    return { version: 1, agents: [], teams: [] };
  }
}
