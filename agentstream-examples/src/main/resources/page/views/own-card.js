import { element } from "../dom.js";
import { t } from "../i18n/i18n.js";
import { icon } from "./icon.js";

const PENCIL = "M2.5 13.5l.7-3.1 7.5-7.5a1.4 1.4 0 0 1 2 0l.4.4a1.4 1.4 0 0 1 0 2l-7.5 7.5z M9.4 4.2l2.4 2.4";

/**
 * Puts a button beside a card, which opens what the reader has made.
 *
 * @param {HTMLElement} card
 * @param {{name: string, fault?: string}} entry
 * @param {() => void} onEdit
 */
export function ownCard(card, { name, fault }, onEdit) {
  const edit = element("button", {
    className: "own-edit",
    attributes: { type: "button", "aria-label": t("own.edit", { name }), title: t("own.edit", { name }), "aria-haspopup": "dialog" },
  });
  edit.append(icon(PENCIL));
  edit.addEventListener("click", onEdit);
  if (fault) card.append(element("span", { className: "own-fault", text: t("own.fault", { fault }) }));
  return element("div", { className: "own-card" }, [card, edit]);
}
