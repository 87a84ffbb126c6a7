import { byId, showText } from "../dom.js";
import { t } from "../i18n/i18n.js";

/** Says plainly when nobody real is talking. A server without `info` has nothing to say. */
export async function showDemoBanner() {
  try {
    const { demo } = await (await fetch("info")).json();
    if (demo) showText(byId("demo-banner"), t("demo.banner"));
  } catch {
    showText(byId("demo-banner"), "");
  }
}
