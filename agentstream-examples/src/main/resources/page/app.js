import { AgentstreamConnection, ConversationStore } from "./agentstream/index.js";
import { announceConversation } from "./announcer.js";
import { Attempts } from "./attempts.js";
import { ConversationList } from "./conversations/conversation-list.js";
import { StartedHere } from "./conversations/started-here.js";
import { localizeDocument } from "./i18n/i18n.js";
import { closeText, errorText } from "./plain-words.js";
import { currentRoute, goToConversation, onRoute } from "./route.js";
import { showConnection } from "./views/connection-pill.js";
import { ConversationListView } from "./views/conversation-list-view.js";
import { ConversationView } from "./views/conversation-view.js";
import { showDemoBanner } from "./views/demo-banner.js";
import { offerShortcuts } from "./views/keyboard.js";
import { clearNotice, showNotice } from "./views/notice.js";
import { offerPreferences } from "./views/preferences.js";
import { Sidebar } from "./views/sidebar.js";
import { StartView } from "./views/start-view.js";
import { offerTakeAway } from "./views/take-away.js";

localizeDocument();

const connection = new AgentstreamConnection(`${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${new URL("ws", document.baseURI).pathname}`);
const store = new ConversationStore(connection);
const attempts = new Attempts();
const sidebar = new Sidebar();
const startView = new StartView(start);
const conversationView = new ConversationView(store, () => connection.serverNow);
const conversations = new ConversationList(connection, store, new StartedHere(), () => sidebar.isSeen);

connection.addEventListener("state", ({ detail }) => onConnectionState(detail));
connection.addEventListener("frame", ({ detail }) => onFrame(detail));
sidebar.addEventListener("seen", () => conversations.refresh());
onRoute(show);

announceConversation(store);
showConnection(connection, store);
new ConversationListView(conversations);
offerShortcuts(sidebar);
offerTakeAway(store);
offerPreferences();
showDemoBanner();
show(currentRoute());
connection.connect();

async function start(options) {
  const conversationId = await store.start({ ...options, requestId: attempts.idFor(options) });
  attempts.succeeded();
  conversations.started({ conversationId, topic: options.topic, agents: options.agents });
  goToConversation(conversationId);
}

function show({ conversationId }) {
  clearNotice();
  if (conversationId !== store.conversation?.conversationId) store.leave();
  if (!conversationId) {
    conversationView.hide();
    startView.show();
    return;
  }
  startView.hide();
  if (!store.conversation) store.open(conversationId);
  conversationView.show();
}

function onConnectionState({ state, code }) {
  startView.setConnected(state === "open");
  if (state === "open") {
    clearNotice();
    loadCatalogue();
  }
  if (state === "closed") showNotice(closeText(code));
}

async function loadCatalogue() {
  try {
    startView.showCatalogue(await connection.listAgents());
  } catch (error) {
    // A cut shows in the connection's own state, and the list comes with the next connection.
    if (error.code !== "disconnected") showNotice(errorText(error));
  }
}

/** An error that belongs to this connection alone and to none of its commands. */
function onFrame({ type, seq, data }) {
  if (type === "error" && seq === undefined) showNotice(errorText(data));
}
