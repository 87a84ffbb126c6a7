import { byId, element, showText } from "../dom.js";
import { formatNames, formatNumber, t } from "../i18n/i18n.js";
import { isMine, personData, personName } from "../people.js";

/** Shows who is here and who types. It shows nothing if the reader is alone. */
export class PeopleHere {
  #list = byId("people-here");
  #typing = byId("people-typing");
  #drawn = "";

  /** @param {import("/agentstream/conversation-store.js").Presence | null} presence */
  show(presence) {
    const drawn = JSON.stringify(presence);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const others = presence?.people?.filter(({ author }) => !isMine(author)) ?? [];
    const crowd = presence !== null && presence.people === undefined;
    this.#list.hidden = others.length === 0 && !crowd;
    this.#list.replaceChildren(...(crowd ? [count(presence.viewers)] : others.map(person)));
    showText(this.#typing, typingText(presence, others.filter(({ typing }) => typing)));
  }
}

function typingText(presence, others) {
  const count = presence?.people === undefined ? (presence?.typing ?? 0) : others.length;
  if (count === 0) return "";
  if (count > 3 || others.length === 0) return t("people.typingCount", { count: formatNumber(count) });
  const names = formatNames(others.map(({ author }) => personName(author)));
  return t(count === 1 ? "people.typing" : "people.typingSeveral", { names });
}

function count(viewers) {
  return element("li", { className: "person-here", text: t("people.hereCount", { count: formatNumber(viewers) }) });
}

function person({ author, typing }) {
  const data = { ...personData(author), ...(typing && { typing: "" }) };
  return element("li", { className: "person-here", text: personName(author), data, attributes: { dir: "auto" } });
}
