import { en } from "./en.js";
import { zh } from "./zh.js";

const chinese = navigator.language.toLowerCase().startsWith("zh");
const texts = chinese ? zh : en;

export const language = chinese ? "zh-CN" : "en";

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values] for the `{names}` in the text
 * @returns {string}
 */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} key */
export function hasText(key) {
  return Object.hasOwn(texts, key);
}

/** @param {number} number */
export function formatNumber(number) {
  return new Intl.NumberFormat(language).format(number);
}

/** Fills in what the document itself says. */
export function localizeDocument() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
}
