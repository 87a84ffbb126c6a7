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

/** @param {string[]} names */
export function formatNames(names) {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}

/**
 * @param {number} ms
 * @returns {string} minutes and seconds, with hours where there are any
 */
export function formatDuration(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** Fills in what the document itself says. */
export function localizeDocument() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
}
