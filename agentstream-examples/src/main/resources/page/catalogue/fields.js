import { element } from "../dom.js";

let last = 0;

/**
 * A field of a form with its label. Its value goes into a definition, unless it is empty.
 *
 * @typedef {object} Field
 * @property {HTMLElement} node
 * @property {HTMLElement} input
 * @property {any} value undefined where it is empty
 */

/** @returns {Field} */
function field(label, input, { hint = "", read = (node) => node.value.trim() || undefined, write = (node, value) => (node.value = value ?? "") } = {}) {
  input.id ||= `field-${++last}`;
  const help = hint ? [element("span", { className: "field-hint", text: hint, attributes: { id: `${input.id}-hint` } })] : [];
  if (hint) input.setAttribute("aria-describedby", `${input.id}-hint`);
  const node = element("div", { className: "form-field" }, [
    element("label", { text: label, attributes: { for: input.id } }),
    input,
    ...help,
  ]);
  return {
    node,
    input,
    get value() {
      return read(input);
    },
    set value(value) {
      write(input, value);
    },
  };
}

/**
 * @param {string} label
 * @param {{longest?: number, required?: boolean, hint?: string}} [options]
 */
export function textField(label, { longest = 500, required = false, hint } = {}) {
  const attributes = { type: "text", maxlength: longest, autocomplete: "off", ...(required && { required: "" }) };
  return field(label, element("input", { attributes }), { hint });
}

/**
 * @param {string} label
 * @param {{longest?: number, rows?: number, hint?: string}} [options]
 */
export function areaField(label, { longest = 20_000, rows = 5, hint } = {}) {
  return field(label, element("textarea", { attributes: { rows, maxlength: longest } }), { hint });
}

/**
 * @param {string} label
 * @param {{least?: number, most?: number, step?: number | "any", hint?: string, required?: boolean}} [options]
 */
export function numberField(label, { least = 1, most, step = 1, hint, required = false } = {}) {
  const attributes = { type: "number", min: least, step, inputmode: "decimal", ...(most !== undefined && { max: most }), ...(required && { required: "" }) };
  const read = (node) => (node.value === "" ? undefined : node.valueAsNumber);
  return field(label, element("input", { attributes }), { hint, read });
}

/**
 * @param {string} label
 * @param {{value: string, text: string}[]} options
 * @param {{hint?: string}} [settings]
 */
export function selectField(label, options, { hint } = {}) {
  const select = element("select", {}, options.map(option));
  const write = (node, value) => {
    const known = [...node.options].some((each) => each.value === (value ?? ""));
    if (!known && value) node.append(option({ value, text: value }));
    node.value = value ?? "";
  };
  return field(label, select, { hint, write });
}

function option({ value, text }) {
  return element("option", { text, attributes: { value } });
}

/** @param {string} label */
export function checkField(label) {
  const read = (node) => node.checked || undefined;
  const write = (node, value) => (node.checked = value === true);
  const made = field(label, element("input", { attributes: { type: "checkbox" } }), { read, write });
  made.node.classList.add("form-check");
  return made;
}

/**
 * A group of boxes, of which any number is checked.
 *
 * @param {string} legend
 * @param {{value: string, text: string, title?: string}[]} options
 */
export function checksField(legend, options) {
  const boxes = options.map(({ value, text, title = "" }) => {
    const box = element("input", { attributes: { type: "checkbox", value } });
    return { box, node: element("label", { className: "form-box", attributes: title ? { title } : {} }, [box, element("span", { text })]) };
  });
  const node = element("fieldset", { className: "form-field" }, [element("legend", { text: legend }), ...boxes.map((each) => each.node)]);
  return {
    node,
    get value() {
      const chosen = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
      return chosen.length ? chosen : undefined;
    },
    set value(value) {
      for (const { box } of boxes) box.checked = [value ?? []].flat().includes(box.value);
    },
  };
}

/**
 * A button of a form that does not submit it.
 *
 * @param {string} text
 * @param {() => void} onClick
 * @param {string} [className]
 */
export function button(text, onClick, className = "secondary") {
  const node = element("button", { className, text, attributes: { type: "button" } });
  node.addEventListener("click", onClick);
  return node;
}

/** Returns the object without what is undefined, an empty list or an empty text. */
export function definitionOf(values) {
  const isThere = (value) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isThere(value)));
}
