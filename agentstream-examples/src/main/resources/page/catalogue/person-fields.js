import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { areaField, definitionOf, selectField, textField } from "./fields.js";

/** The fields of a person who has a seat in a team: the question, a description, and what follows if nobody answers. */
export class PersonFields {
  #given;
  #fields;

  /**
   * @param {{name: string}} given the person's definition, as in a team file
   * @param {boolean} [open] whether the fields are shown at once
   */
  constructor(given, open = false) {
    const { name } = given;
    this.#given = given;
    this.#fields = {
      prompt: areaField(t("person.prompt"), { rows: 2, longest: 8_000, hint: t("person.prompt.hint", { name }) }),
      description: textField(t("agent.description"), { longest: 2_000, hint: t("person.description.hint") }),
      on_timeout: selectField(t("person.timeout"), [
        { value: "", text: t("person.timeout.skip") },
        { value: "end", text: t("person.timeout.end") },
      ]),
    };
    for (const [key, field] of Object.entries(this.#fields)) field.value = given[key] === "go_on" ? "" : given[key];
    const more = element("summary", { className: "link-quiet", text: t("person.more") });
    more.setAttribute("aria-label", t("person.moreOf", { name }));
    this.node = element("details", { className: "seat-more" }, [
      more,
      element("div", { className: "form-settings" }, Object.values(this.#fields).map(({ node }) => node)),
    ]);
    this.node.open = open;
  }

  /** @returns {object} the definition; keys that the form does not show stay */
  get value() {
    const values = Object.entries(this.#fields).map(([key, field]) => [key, field.value]);
    return definitionOf({ ...this.#given, ...Object.fromEntries(values) });
  }

  focus() {
    this.#fields.prompt.input.focus();
  }
}
