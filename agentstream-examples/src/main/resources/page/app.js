import { AgentstreamConnection, ConversationStore } from "./agentstream/index.js";
import { announceConversation } from "./announcer.js";
import { Attempts } from "./attempts.js";
import { Bounds } from "./bounds.js";
import { OwnDefinitions } from "./catalogue/own-definitions.js";
import { OwnTools } from "./catalogue/own-tools.js";
import { ConversationList } from "./conversations/conversation-list.js";
import { StartedHere } from "./conversations/started-here.js";
import { localizeDocument, t } from "./i18n/i18n.js";
import { keptInTab } from "./kept.js";
import { attendPeople, forgetPeople } from "./people.js";
import { closeText, errorText } from "./plain-words.js";
import { currentRoute, goToConversation, onRoute, startAnew } from "./route.js";
import { Session } from "./sign-in/session.js";
import { showAccount } from "./views/account.js";
import { offerBringIn } from "./views/bring-in.js";
import { showConnection } from "./views/connection-pill.js";
import { ConversationListView } from "./views/conversation-list-view.js";
import { ConversationView } from "./views/conversation-view.js";
import { showDemoBanner } from "./views/demo-banner.js";
import { offerShortcuts } from "./views/keyboard.js";
import { offerName } from "./views/name-form.js";
import { clearNotice, showNotice } from "./views/notice.js";
import { offerPreferences } from "./views/preferences.js";
import { Sidebar } from "./views/sidebar.js";
import { SignInView } from "./views/sign-in-view.js";
import { StartView } from "./views/start-view.js";
import { offerTakeAway } from "./views/take-away.js";
import { useColours } from "./voices.js";

localizeDocument();

const session = new Session();
const address = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${new URL("ws", document.baseURI).pathname}`;
const connection = new AgentstreamConnection(address, {}, { token: () => session.token });
const serverNow = () => connection.serverNow;
const bounds = new Bounds(() => connection.welcome?.limits);
const store = new ConversationStore(connection, { presence: true });
const attempts = new Attempts();
const sidebar = new Sidebar(() => conversations.deletion.waiting !== null);
const own = new OwnDefinitions(connection);
const startView = new StartView(start, bounds, new OwnTools(own, connection, bounds));
const conversationView = new ConversationView(store, {
  serverNow,
  bounds,
  isKnown: () => connection.welcome?.author !== undefined,
  definitionOf: (name) => own.withDefinitions({ agents: [name] }).definitions,
});
const conversations = new ConversationList(connection, store, new StartedHere(serverNow), () => sidebar.isSeen);
const signInView = new SignInView(session, () => renew(false));
/** True while a signed-in reader enters a new token. */
let renewing = false;

session.attend(connection);
attendPeople(connection);
session.addEventListener("change", onSession);
session.addEventListener("left", forgetReader);
connection.addEventListener("state", ({ detail }) => onConnectionState(detail));
connection.addEventListener("frame", ({ detail }) => onFrame(detail));
sidebar.addEventListener("seen", () => conversations.refresh());
own.addEventListener("change", ({ detail }) => {
  useColours(detail.agents);
  startView.showCatalogue(detail);
  conversationView.showCatalogue(detail);
});
onRoute(show);

announceConversation(store);
showConnection(connection, store, session);
showAccount(session, { serverNow, onSignOut: () => session.signOut(), onSignInAgain: () => renew(true) });
new ConversationListView(conversations, serverNow);
conversations.addEventListener("change", () => conversationView.showTitles((conversationId) => conversations.titleOf(conversationId)));
offerName(connection);
offerShortcuts(sidebar);
offerTakeAway(store, connection);
offerBringIn(connection, sidebar, () => conversations.refresh());
offerPreferences();
showDemoBanner();
show(currentRoute());
connection.connect();

async function start(options, agents) {
  const conversationId = await store.start(own.withDefinitions({ ...options, requestId: attempts.idFor(options) }));
  attempts.succeeded();
  conversations.started({ conversationId, topic: options.topic, agents });
  goToConversation(conversationId);
}

function show({ conversationId, shareToken, isBroken }) {
  clearNotice();
  if (conversationId !== store.conversation?.conversationId) store.leave();
  if (conversationId && !store.conversation) store.open(conversationId, { shareToken });
  if (isBroken) showNotice(t("conversation.badLink"));
  showView();
}

function showView() {
  const isSigningIn = session.state === "signedOut" || renewing;
  const { conversationId } = currentRoute();
  document.body.toggleAttribute("data-signed-out", session.state === "signedOut");
  if (isSigningIn || conversationId) startView.hide();
  if (isSigningIn || !conversationId) conversationView.hide();
  if (isSigningIn) return signInView.show();
  signInView.hide();
  if (conversationId) conversationView.show();
  else startView.show();
}

function onSession() {
  if (session.state !== "signedIn" || session.expiresAt === null) renewing = false;
  showView();
}

function renew(wanted) {
  renewing = wanted;
  showView();
}

/** Reloads the page, so that nothing of this reader stays in it for the next one. */
function forgetReader() {
  store.leave();
  keptInTab.removeAll("agentstream.");
  forgetPeople();
  startAnew();
}

function onConnectionState({ state, code }) {
  startView.setConnected(state === "open");
  if (state === "open") {
    if (!currentRoute().isBroken) clearNotice();
    loadCatalogue();
  }
  if (state === "closed" && session.state !== "signedOut") showNotice(closeText(code));
}

async function loadCatalogue() {
  try {
    own.take(await connection.listAgents());
  } catch (error) {
    // A cut shows in the connection's own state, and the list comes with the next connection.
    if (error.code !== "disconnected") showNotice(errorText(error));
  }
}

/** An error of this connection that belongs to none of its commands. */
function onFrame({ type, seq, data }) {
  if (type === "error" && seq === undefined) showNotice(errorText(data));
}
