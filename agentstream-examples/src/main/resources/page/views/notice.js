import { byId, showText } from "../dom.js";

/** @param {string} text what went wrong, in plain words */
export function showNotice(text) {
  showText(byId("notice"), text);
}

export function clearNotice() {
  showText(byId("notice"), "");
}
