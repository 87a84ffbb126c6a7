import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { EditorDialog } from "./editor-dialog.js";
import { areaField, checksField, definitionOf, numberField, selectField, textField } from "./fields.js";
import { Trial } from "./trial.js";

const COLOURS = 8;

/**
 * Lets the reader make or change an agent.
 *
 * @param {import("./own-definitions.js").OwnDefinitions} own
 * @param {import("/agentstream/connection.js").AgentstreamConnection} connection
 * @param {object} [given] the definition to begin with
 * @param {string} [before] the name under which it is saved; none for a new one
 */
export function editAgent(own, connection, given = {}, before = undefined) {
  const { models, tools } = own.catalogue;
  const fields = {
    name: textField(t("agent.name"), { longest: 64, required: true }),
    description: textField(t("agent.description"), { hint: t("agent.description.hint") }),
    system_prompt: areaField(t("agent.prompt"), { hint: t("agent.prompt.hint") }),
    model: selectField(t("agent.model"), [{ value: "", text: t("agent.model.default") }, ...models.map(modelChoice)]),
    temperature: numberField(t("agent.temperature"), { least: 0, most: 2, step: 0.1, hint: t("agent.temperature.hint") }),
    ...(tools.length && { tools: checksField(t("agent.tools"), tools.map(toolChoice)) }),
    colour: colourField(),
  };
  for (const [key, field] of Object.entries(fields)) field.value = given[key];
  // Keys that the form does not show, of an imported agent, stay.
  const definition = () =>
    definitionOf({ ...given, ...Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.value])) });
  const trial = new Trial(connection, definition);
  const pair = element("div", { className: "form-pair" }, [fields.model.node, fields.temperature.node]);
  const nodes = [fields.name.node, fields.description.node, fields.system_prompt.node, pair];
  new EditorDialog({
    title: t(before === undefined ? "agent.new" : "agent.edit"),
    nodes: [...nodes, ...(fields.tools ? [fields.tools.node] : []), fields.colour.node, trial.node],
    onSave: () => own.saveAgent(definition(), before),
    ...(before !== undefined && {
      onDelete: () => own.deleteAgent(before),
      onDuplicate: () => editAgent(own, connection, { ...definition(), name: t("editor.copyOf", { name: definition().name ?? before }) }),
    }),
    onClose: () => trial.end(),
  }).show();
}

function modelChoice({ name, description }) {
  return { value: name, text: description ? `${name} – ${description}` : name };
}

function toolChoice({ name, description }) {
  return { value: name, text: description ? `${name} – ${description}` : name };
}

function colourField() {
  const name = "agent-colour";
  const options = [undefined, ...Array.from({ length: COLOURS }, (_, colour) => colour)].map((colour) => {
    const radio = element("input", {
      className: "visually-hidden",
      attributes: { type: "radio", name, value: colour ?? "", "aria-label": colour === undefined ? t("agent.colour.any") : t("agent.colour.one", { number: colour + 1 }) },
    });
    const data = colour === undefined ? {} : { voice: String(colour) };
    return { colour, radio, node: element("label", { className: "swatch", data }, [radio, element("span")]) };
  });
  const node = element("fieldset", { className: "form-field swatches" }, [
    element("legend", { text: t("agent.colour") }),
    ...options.map((each) => each.node),
  ]);
  return {
    node,
    get value() {
      return options.find(({ radio }) => radio.checked)?.colour;
    },
    set value(colour) {
      for (const each of options) each.radio.checked = each.colour === colour;
    },
  };
}
