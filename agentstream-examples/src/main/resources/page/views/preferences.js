import { byId } from "../dom.js";
import { language, LANGUAGE_KEY } from "../i18n/i18n.js";
import { keptHere } from "../kept.js";

const THEME_KEY = "agentstream.theme";

/** Lets the reader choose the theme and the language, both kept in this browser. */
export function offerPreferences() {
  const theme = byId("theme");
  const languages = byId("language");
  check(theme, keptHere.get(THEME_KEY) ?? "system");
  check(languages, language);
  theme.addEventListener("change", ({ target }) => {
    keptHere.set(THEME_KEY, target.value);
    document.documentElement.dataset.themeChoice = target.value;
    document.dispatchEvent(new Event("themechoice"));
  });
  languages.addEventListener("change", ({ target }) => {
    keptHere.set(LANGUAGE_KEY, target.value);
    // The tab keeps the conversation, its place in it and the topic being written over a reload.
    location.reload();
  });
}

function check(group, value) {
  const radio = group.querySelector(`[value="${CSS.escape(value)}"]`) ?? group.querySelector("input");
  radio.checked = true;
}
