import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { endText } from "./end-text.js";
import { button } from "./fields.js";

/** The ends that a row can hold, each with what its value is. */
const KINDS = {
  text: "text",
  stop_word: "text",
  said_by: "speaker",
  handoff_to: "speaker",
  tool_called: "text",
  messages: "number",
  rounds: "number",
  tokens: "number",
  seconds: "number",
};

const EVERYBODY = "";

/** When a team's runs end before the last round: rows of which any, or all, must hold. */
export class EndEditor {
  #rows = element("div", { className: "end-rows" });
  #how = element("select", { attributes: { "aria-label": t("end.how") } }, [choice("any", t("end.any")), choice("all", t("end.all"))]);
  #names;
  /** An end that rows cannot show stays as it is until the reader replaces it. */
  #whole;
  #wholeText = element("p", { className: "field-hint" });

  /** @param {() => string[]} names of the team's participants */
  constructor(names) {
    this.#names = names;
    const add = button(t("end.add"), () => this.#add(), "link-quiet");
    this.node = element("fieldset", { className: "form-field" }, [
      element("legend", { text: t("team.end") }),
      this.#wholeText,
      this.#how,
      this.#rows,
      add,
    ]);
    this.#refresh();
  }

  get value() {
    if (this.#whole) return this.#whole;
    const ends = [...this.#rows.children].map((row) => row.read()).filter(Boolean);
    if (ends.length < 2) return ends[0];
    return { [this.#how.value]: ends };
  }

  set value(end) {
    const parts = end?.any ?? end?.all ?? (end ? [end] : []);
    this.#how.value = end?.all ? "all" : "any";
    this.#whole = parts.every(isSimple) ? undefined : end;
    this.#rows.replaceChildren();
    if (!this.#whole) parts.forEach((each) => this.#add(each));
    this.#wholeText.textContent = this.#whole ? t("end.whole", { end: endText(end) }) : "";
    this.#refresh();
  }

  #add(end = { text: "" }) {
    this.#whole = undefined;
    this.#wholeText.textContent = "";
    this.#rows.append(row(end, this.#names, () => this.#refresh()));
    this.#refresh();
  }

  #refresh() {
    this.#how.hidden = this.#rows.children.length < 2;
    this.#wholeText.hidden = !this.#whole;
  }
}

function isSimple(end) {
  const [kind, ...others] = Object.keys(end);
  const value = [end[kind]].flat();
  return kind in KINDS && value.length === 1 && others.every((key) => kind === "text" && key === "from" && [end.from].flat().length < 2);
}

function choice(value, text) {
  return element("option", { text, attributes: { value } });
}

function row(end, names, onChange) {
  const kind = element("select", { attributes: { "aria-label": t("end.kind") } }, Object.keys(KINDS).map((key) => choice(key, t(`end.kind.${key}`))));
  const values = element("span", { className: "end-values" });
  const remove = element("button", { className: "icon-button close", attributes: { type: "button", "aria-label": t("end.remove") } });
  const node = element("div", { className: "end-row" }, [kind, values, remove]);
  [kind.value] = Object.keys(end);
  const draw = () => values.replaceChildren(...inputs(kind.value, end, names()));
  kind.addEventListener("change", draw);
  remove.addEventListener("click", () => {
    node.remove();
    onChange();
  });
  draw();
  node.read = () => {
    const [input, from] = values.children;
    const value = KINDS[kind.value] === "number" ? input.valueAsNumber : input.value.trim();
    if (!value) return undefined;
    return { [kind.value]: value, ...(from?.value ? { from: from.value } : {}) };
  };
  return node;
}

function inputs(kind, end, names) {
  const value = [end[kind] ?? ""].flat()[0];
  const label = { "aria-label": t("end.value") };
  if (KINDS[kind] === "speaker") return [speakers([...names, "user"], value, label)];
  const attributes = KINDS[kind] === "number" ? { type: "number", min: 1, ...label } : { type: "text", maxlength: 500, ...label };
  const input = element("input", { attributes });
  input.value = value;
  const from = [end.from ?? EVERYBODY].flat()[0];
  return kind === "text" ? [input, speakers([EVERYBODY, ...names, "user"], from, { "aria-label": t("end.from") })] : [input];
}

function speakers(names, value, attributes) {
  const all = names.includes(value) ? names : [...names, value];
  const select = element("select", { attributes }, all.filter((name, index) => all.indexOf(name) === index).map((name) => choice(name, speakerText(name))));
  select.value = value;
  return select;
}

function speakerText(name) {
  if (name === EVERYBODY) return t("end.everybody");
  return name === "user" ? t("end.user") : name;
}
