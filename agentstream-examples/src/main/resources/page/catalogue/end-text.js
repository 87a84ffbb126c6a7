import { formatNames, formatNumber, t } from "../i18n/i18n.js";

const listOf = (value = []) => [value].flat();

/** Each kind of end by its first key, as in a team file. */
const KINDS = {
  text: ({ text, from }) => withSpeakers("end.text", listOf(from), { text }),
  stop_word: ({ stop_word }) => t("end.stop_word", { text: stop_word }),
  said_by: ({ said_by }) => t("end.said_by", { names: formatNames(listOf(said_by)) }),
  handoff_to: ({ handoff_to }) => t("end.handoff_to", { name: handoff_to }),
  tool_called: ({ tool_called }) => t("end.tool_called", { name: tool_called }),
  messages: ({ messages }) => t("end.messages", { count: formatNumber(messages) }),
  rounds: ({ rounds }) => t("end.rounds", { count: formatNumber(rounds) }),
  tokens: ({ tokens }) => t("end.tokens", { count: formatNumber(tokens) }),
  seconds: ({ seconds }) => t("end.seconds", { count: formatNumber(seconds) }),
  cost: ({ cost }) => t("end.cost", { count: formatNumber(cost) }),
  external: () => t("end.server"),
  custom: () => t("end.server"),
};

/**
 * Says when a run of a team ends.
 *
 * @param {object | undefined} end as in a team file
 * @returns {string} empty where there is none
 */
export function endText(end) {
  if (!end) return "";
  if (end.any) return end.any.map(inner).join(t("end.or"));
  if (end.all) return end.all.map(inner).join(t("end.and"));
  const kind = Object.keys(KINDS).find((key) => key in end);
  return kind ? KINDS[kind](end) : t("end.server");
}

/** A tree within a tree stands in brackets. */
function inner(end) {
  const many = (end.any ?? end.all ?? []).length > 1;
  return many ? `(${endText(end)})` : endText(end);
}

function withSpeakers(key, names, values) {
  return names.length ? t(`${key}.by`, { ...values, names: formatNames(names) }) : t(key, values);
}
