import { hasText, t } from "./i18n/i18n.js";

/**
 * An error in the reader's language. Where only the server knows what was wrong, as with an
 * invalid field, its own sentence is shown.
 *
 * @param {{code: string, message?: string}} error
 */
export function errorText({ code, message }) {
  if (hasText(`error.${code}`)) return t(`error.${code}`);
  return message ? t("error.said", { message }) : t("error.internal");
}

/** @param {number} [code] of a close that the connection does not come back from */
export function closeText(code) {
  return hasText(`close.${code}`) ? t(`close.${code}`) : t("close.other");
}
