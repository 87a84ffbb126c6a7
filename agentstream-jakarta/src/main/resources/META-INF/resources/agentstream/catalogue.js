/**
 * @typedef {object} Agent
 * @property {string} name
 * @property {string} description
 * @property {number} [colour] the colour of its messages, 0 to 7
 * @property {boolean} own whether the viewer has made it
 * @property {object} [definition] only on one's own: an agent of a team file
 * @property {string} [fault] why it cannot be started any more
 */

/**
 * @typedef {object} Team
 * @property {string} name
 * @property {string[]} agents the names of its participants
 * @property {string} description one sentence on its purpose; empty if it has none
 * @property {string} speakerSelection how the next speaker is picked
 * @property {number} maxRounds how many rounds a run has at most
 * @property {string[]} sampleTopics topics to choose from
 * @property {object} [endWhen] when a run ends before its last round, as in a team file
 * @property {boolean} own whether the viewer has made it
 * @property {object} [definition] only on one's own: a team of a team file
 * @property {string} [fault] why it cannot be started any more
 * @property {string[]} people its participants that are seats for people, not agents
 */

/**
 * @typedef {object} Choice
 * @property {string} name
 * @property {string} description one sentence; empty if it has none
 */

/**
 * How the viewer may make agents and teams.
 *
 * @typedef {object} Editing
 * @property {boolean} kept whether the server keeps them; if not, send them as `definitions` with each start
 * @property {number} maxAgents
 * @property {number} maxTeams
 * @property {number} maxChars the most characters of JSON of all of them
 */

/**
 * @typedef {object} Catalogue
 * @property {Agent[]} agents
 * @property {string[]} speakerSelections the available speaker selections; the first is the default
 * @property {Team[]} teams the teams that can be started by name
 * @property {Choice[]} models the models that agents of the viewer may have
 * @property {Choice[]} tools the tools that agents of the viewer may have
 * @property {Editing} [editing] left out if the viewer may make no agents and teams
 */

/**
 * Returns the catalogue that a frame `agents` has.
 *
 * @returns {Catalogue}
 */
export function catalogueOf({ data: { agents, speaker_selections: speakerSelections, teams = [], models = [], tools = [], editing } }) {
  const catalogue = {
    agents: agents.map((agent) => ({ own: false, ...agent })),
    speakerSelections,
    teams: teams.map(team),
    models: models.map(choice),
    tools: tools.map(choice),
  };
  if (editing === undefined) return catalogue;
  const { kept, max_agents: maxAgents, max_teams: maxTeams, max_chars: maxChars } = editing;
  return { ...catalogue, editing: { kept, maxAgents, maxTeams, maxChars } };
}

/** @returns {Choice} */
function choice({ name, description = "" }) {
  return { name, description };
}

/** @returns {Team} */
function team({ name, agents, description = "", speaker_selection, max_rounds, sample_topics = [], own = false, ...rest }) {
  const { end_when: endWhen, definition, fault, people = [] } = rest;
  return {
    name,
    agents,
    description,
    speakerSelection: speaker_selection,
    maxRounds: max_rounds,
    sampleTopics: sample_topics,
    own,
    people,
    ...(endWhen && { endWhen }),
    ...(definition && { definition }),
    ...(fault && { fault }),
  };
}
