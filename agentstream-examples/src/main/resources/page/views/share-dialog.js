import { copyText } from "../clipboard.js";
import { byId, element, showText } from "../dom.js";
import { formatNames, formatNumber, formatTime, t } from "../i18n/i18n.js";
import { personName } from "../people.js";
import { errorText } from "../plain-words.js";
import { addressOf } from "../route.js";

/** @typedef {import("/agentstream/connection.js").Share} Share */

/** The dialog in which the owner of a conversation makes links to it, sees who came by them, and revokes them. */
export class ShareDialog {
  #store;
  #dialog = byId("share-dialog");
  #form = byId("share-form");
  #made = byId("share-made");
  #link = byId("share-link");
  #copy = byId("share-copy");
  #list = byId("share-list");
  #none = byId("share-none");
  #error = byId("share-error");
  #create = byId("share-create");

  /** @param {import("/agentstream/index.js").ConversationStore} store */
  constructor(store) {
    this.#store = store;
    byId("share").addEventListener("click", () => this.#open());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#makeOnce();
    });
    this.#form.addEventListener("change", () => this.#explain());
    this.#copy.addEventListener("click", () => this.#run(() => this.#copyLink()));
    // A click beside it lands on the dialog itself, one within on what it contains.
    this.#dialog.addEventListener("click", ({ target }) => {
      if (target === this.#dialog) this.#dialog.close();
    });
    // The link is a secret, so it does not stay in the page.
    this.#dialog.addEventListener("close", () => this.#forget());
  }

  #open() {
    this.#forget();
    this.#explain();
    this.#show([]);
    this.#none.hidden = true;
    this.#dialog.showModal();
    this.#run(() => this.#refresh());
  }

  async #make() {
    const { access, lifetime } = Object.fromEntries(new FormData(this.#form));
    const { conversationId } = this.#store.conversation;
    const { token } = await this.#store.share({ access, ...(lifetime && { expiresInSeconds: Number(lifetime) }) });
    this.#link.value = new URL(addressOf(conversationId, token), document.baseURI).href;
    this.#copy.textContent = t("share.copy");
    this.#made.hidden = false;
    this.#link.focus();
    this.#link.select();
    await this.#refresh();
  }

  async #copyLink() {
    this.#link.select();
    await copyText(this.#link.value);
    this.#copy.textContent = t("share.copied");
  }

  async #refresh() {
    this.#show(await this.#store.listShares());
  }

  /** @param {Share[]} shares */
  #show(shares) {
    this.#none.hidden = shares.length > 0;
    this.#list.replaceChildren(...shares.map((share) => this.#item(share)));
  }

  /** @param {Share} share */
  #item(share) {
    const what = `${t(`share.may.${share.access}`)}, ${endOf(share)}`;
    const revoke = element("button", { className: "link-quiet", text: t("share.revoke"), attributes: { type: "button", "aria-label": t("share.revokeThis", { what }) } });
    revoke.addEventListener("click", () =>
      this.#run(async () => {
        await this.#store.revokeShare(share.shareId);
        await this.#refresh();
        this.#create.focus();
      }),
    );
    return element("li", { className: "share-item", data: { access: share.access } }, [
      element("span", { className: "share-what", text: what }),
      revoke,
      element("span", { className: "share-visits muted", text: visitsOf(share), attributes: { dir: "auto" } }),
    ]);
  }

  #explain() {
    const access = new FormData(this.#form).get("access");
    byId("share-how").textContent = t(`share.${access}How`);
  }

  #forget() {
    this.#link.value = "";
    this.#made.hidden = true;
    showText(this.#error, "");
  }

  /** @param {() => Promise<void>} action */
  async #run(action) {
    showText(this.#error, "");
    try {
      await action();
    } catch (error) {
      showText(this.#error, errorText(error));
    }
  }

  /** One link for each press. While the button is disabled, Enter in the form does nothing either. */
  async #makeOnce() {
    this.#create.disabled = true;
    await this.#run(() => this.#make());
    this.#create.disabled = false;
  }
}

/** @param {Share} share */
function endOf({ expiresAt }) {
  if (expiresAt === undefined) return t("share.noEnd");
  const end = new Date(expiresAt);
  const isToday = end.toDateString() === new Date().toDateString();
  const day = isToday ? "" : `${end.toLocaleDateString(document.documentElement.lang)} `;
  return t("share.expires", { time: `${day}${formatTime(end)}` });
}

/** @param {Share} share */
function visitsOf({ visits, visitors }) {
  const count = formatNumber(visits);
  if (visitors.length === 0) return t("share.visitsOnly", { count });
  return t("share.visits", { count, names: formatNames(visitors.map(({ author }) => personName(author))) });
}
