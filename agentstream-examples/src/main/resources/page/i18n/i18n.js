import { keptHere } from "../kept.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

export const LANGUAGE_KEY = "agentstream.language";

/** Returns the reader's choice, or else the browser's language. */
const chinese = (keptHere.get(LANGUAGE_KEY) ?? navigator.language).toLowerCase().startsWith("zh");
const texts = chinese ? zh : en;

export const language = chinese ? "zh-CN" : "en";

/** Characters that would reverse the rest of a sentence: embeddings, overrides and isolates. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values] for the `{names}` in the text
 * @returns {string}
 */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? "").replace(TURNING, ""));
}

/** @param {string} key */
export function hasText(key) {
  return Object.hasOwn(texts, key);
}

/** @param {string[]} sentences those that are there, one after another */
export function formatSentences(sentences) {
  return sentences.filter(Boolean).join(chinese ? "" : " ");
}

/** Makes a formatter at its first use, because making one takes long and some pages need none. */
function once(make) {
  let made;
  return () => (made ??= make());
}

const numbers = once(() => new Intl.NumberFormat(language));
const shortSeconds = once(() => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
const wholeSeconds = once(() => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }));
const timesAgo = once(() => new Intl.RelativeTimeFormat(language, { style: "short" }));
const lists = once(() => new Intl.ListFormat(language, { type: "conjunction" }));

/** @param {number} number */
export function formatNumber(number) {
  return numbers().format(number);
}

/** @param {number} ms */
export function formatSeconds(ms) {
  const seconds = ms / 1_000;
  return (seconds < 10 ? shortSeconds() : wholeSeconds()).format(Math.max(0.1, seconds));
}

/** @param {number} ms how long ago, less than a day */
export function formatAgo(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t("list.now");
  return minutes < 60 ? timesAgo().format(-minutes, "minute") : timesAgo().format(-Math.floor(minutes / 60), "hour");
}

/** The browser's own region where the language is the same: an English reader in Britain reads "27 November". */
const locale = navigator.language.toLowerCase().startsWith(chinese ? "zh" : "en") ? navigator.language : language;

const times = once(() => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));
const days = once(() => new Intl.DateTimeFormat(locale, { month: "long", day: "numeric" }));
const daysOfYears = once(() => new Intl.DateTimeFormat(locale, { month: "long", day: "numeric", year: "numeric" }));

/** @param {Date} time */
export function formatTime(time) {
  return times().format(time);
}

/**
 * @param {Date} time
 * @param {Date} now
 * @returns {string} "Today", "Yesterday" or the date
 */
export function formatDay(time, now) {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  if (time >= midnight) return t("list.today");
  midnight.setDate(midnight.getDate() - 1);
  if (time >= midnight) return t("list.yesterday");
  return (time.getFullYear() === now.getFullYear() ? days() : daysOfYears()).format(time);
}

/** @param {string[]} names */
export function formatNames(names) {
  return lists().format(names);
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
