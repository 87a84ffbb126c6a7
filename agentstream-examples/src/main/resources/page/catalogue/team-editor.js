import { t } from "../i18n/i18n.js";
import { EditorDialog } from "./editor-dialog.js";
import { EndEditor } from "./end-editor.js";
import { areaField, definitionOf, numberField, textField } from "./fields.js";
import { ParticipantsEditor } from "./participants-editor.js";
import { SelectionEditor } from "./selection-editor.js";

/**
 * Lets the reader make or change a team.
 *
 * @param {import("./own-definitions.js").OwnDefinitions} own
 * @param {number} mostRounds
 * @param {object} [given] the definition to begin with
 * @param {string} [before] the name under which it is saved; none for a new one
 */
export function editTeam(own, mostRounds, given = {}, before = undefined) {
  const { agents, teams, models } = own.catalogue;
  const names = [...agents, ...teams].map(({ name }) => name).filter((name) => name !== before);
  const participants = new ParticipantsEditor(names);
  const selection = new SelectionEditor(() => participants.value, models.map(({ name }) => name));
  const end = new EndEditor(() => participants.value);
  const fields = {
    name: textField(t("agent.name"), { longest: 64, required: true }),
    description: textField(t("agent.description"), { hint: t("agent.description.hint") }),
    participants,
    people: peopleOf(participants),
    speaker_selection: selection,
    max_rounds: numberField(t("team.maxRounds"), { most: Number.isFinite(mostRounds) ? mostRounds : undefined }),
    end_when: end,
    samples: samplesField(),
  };
  for (const [key, field] of Object.entries(fields)) field.value = given[key];
  participants.addEventListener("change", () => {
    selection.refresh();
    end.value = end.value;
  });
  const definition = () =>
    definitionOf({ ...given, ...Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.value])) });
  new EditorDialog({
    title: t(before === undefined ? "team.new" : "team.edit"),
    nodes: Object.values(fields).flatMap(({ node }) => node ?? []),
    onSave: async () => {
      if (participants.value.length === 0) throw Object.assign(new Error(), { code: "invalid_field", message: t("team.nobody") });
      await own.saveTeam(definition(), before);
    },
    ...(before !== undefined && {
      onDelete: () => own.deleteTeam(before),
      onDuplicate: () => editTeam(own, mostRounds, { ...definition(), name: t("editor.copyOf", { name: definition().name ?? before }) }),
    }),
  }).show();
}

/** The people among the participants, who are shown with these. */
function peopleOf(participants) {
  return {
    get value() {
      return participants.people;
    },
    set value(people) {
      participants.people = people;
    },
  };
}

/** One topic on each line. */
function samplesField() {
  const lines = areaField(t("team.samples"), { rows: 2, hint: t("team.samples.hint") });
  return {
    node: lines.node,
    get value() {
      return (lines.value ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
    },
    set value(samples) {
      lines.value = [samples ?? []].flat().join("\n");
    },
  };
}
