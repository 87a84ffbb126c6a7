import { element } from "../dom.js";

/**
 * Puts a text into a file of the reader's.
 *
 * @param {string} name of the file
 * @param {string} mediaType
 * @param {string} text
 */
export function download(name, mediaType, text) {
  const url = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }));
  const link = element("a", { attributes: { href: url, download: name } });
  link.click();
  // The browser has taken hold of the content by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}

/**
 * @param {string} topic
 * @param {string} extension
 * @returns {string} the part of the topic that is valid in a file name on any system
 */
export function fileName(topic, extension) {
  const words = topic.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  const short = [...words.join("-")].slice(0, 60).join("");
  return `${short || "conversation"}.${extension}`;
}
