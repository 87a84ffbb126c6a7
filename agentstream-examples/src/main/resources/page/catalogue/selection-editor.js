import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { areaField, checkField, definitionOf, numberField, selectField } from "./fields.js";
import { selectionKind } from "./own-definitions.js";

/** The marks in prompts that are filled in. */
const PLACES = { participants: "{participants}", roles: "{roles}", history: "{history}", task: "{task}" };

/** The settings of each kind, as in a team file. */
const SETTINGS = {
  round_robin: () => ({}),
  random: () => ({ seed: numberField(t("selection.seed"), { least: 0, hint: t("selection.seed.hint") }) }),
  manual: () => ({}),
  handoff: () => ({ to_user: checkField(t("selection.to_user")), keeps_the_floor: checkField(t("selection.keeps_the_floor")) }),
  parallel: ({ names }) => ({
    summariser: selectField(t("selection.summariser"), among(names, t("selection.last"))),
    instruction: areaField(t("selection.instruction"), { rows: 2, hint: t("selection.instruction.hint") }),
  }),
  model: ({ models }) => ({
    model: selectField(t("agent.model"), among(models, t("agent.model.default"))),
    prompt: areaField(t("selection.prompt"), { rows: 3, hint: t("selection.prompt.hint", PLACES) }),
    allow_repeats: checkField(t("selection.allow_repeats")),
    attempts: numberField(t("selection.attempts"), { most: 100 }),
  }),
  planner: ({ names, models }) => ({
    model: selectField(t("agent.model"), among(models, t("agent.model.default"))),
    max_stalls: numberField(t("selection.max_stalls"), { most: 1_000 }),
    final_answer_by: selectField(t("selection.final_answer_by"), among(names, t("selection.last"))),
    final_answer_prompt: areaField(t("selection.final_answer_prompt"), { rows: 2, hint: t("selection.final_answer_prompt.hint", PLACES) }),
  }),
};

function among(values, none) {
  return [{ value: "", text: none }, ...values.map((value) => ({ value, text: value }))];
}

/** How a team picks its next speaker, with the settings of each kind. */
export class SelectionEditor {
  #kind = selectField(t("start.selection"), Object.keys(SETTINGS).map((kind) => ({ value: kind, text: t(`selection.${kind}`) })));
  #how = element("p", { className: "field-hint" });
  #settings = element("div", { className: "form-settings" });
  #fields = {};
  #names;
  #models;

  /**
   * @param {() => string[]} names of the team's participants
   * @param {string[]} models
   */
  constructor(names, models) {
    this.#names = names;
    this.#models = models;
    this.#kind.input.addEventListener("change", () => this.#draw({}));
    this.node = element("div", { className: "form-group" }, [this.#kind.node, this.#how, this.#settings]);
    this.#draw({});
  }

  get value() {
    const settings = definitionOf(Object.fromEntries(Object.entries(this.#fields).map(([key, field]) => [key, field.value])));
    return Object.keys(settings).length ? { kind: this.#kind.value, ...settings } : this.#kind.value;
  }

  set value(selection) {
    this.#kind.value = selectionKind(selection);
    this.#draw(typeof selection === "object" ? selection : {});
  }

  /** Offers the participants of now. */
  refresh() {
    this.value = this.value;
  }

  #draw(given) {
    const kind = this.#kind.value ?? "round_robin";
    this.#fields = SETTINGS[kind]({ names: this.#names(), models: this.#models });
    for (const [key, field] of Object.entries(this.#fields)) field.value = given[key];
    this.#settings.replaceChildren(...Object.values(this.#fields).map(({ node }) => node));
    this.#how.textContent = t(`selection.${kind}.how`);
  }
}
