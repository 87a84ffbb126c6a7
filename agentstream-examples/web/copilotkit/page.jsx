// CopilotKit's own chat in front of a team, without a CopilotKit runtime in between.
import {
  CopilotChat,
  CopilotChatAssistantMessage,
  CopilotKitProvider,
  HttpAgent,
  useDefaultRenderTool,
  useInterrupt,
} from "@copilotkit/react-core/v2";
import "@copilotkit/react-core/v2/styles.css";
import { createRoot } from "react-dom/client";
import { EMPTY } from "rxjs";

const main = document.querySelector("main");
// The thread's random name is the page's link: whoever has it can join again.
const known = location.hash.slice(1);
const threadId = known || crypto.randomUUID();

class TeamAgent extends HttpAgent {
  /** Runs the team on what the user has said, or with the user's answer to a question. */
  run(input) {
    location.hash = threadId;
    return super.run(input);
  }

  /** Joins the thread again: CopilotKit calls this when the chat opens. */
  connect(input) {
    return known ? this.run({ ...input, messages: [] }) : EMPTY;
  }
}

const agent = new TeamAgent({ url: main.dataset.team, threadId });

function NamedMessage(props) {
  return (
    <section data-speaker={props.message.name}>
      <strong>{props.message.name}</strong>
      <CopilotChatAssistantMessage {...props} />
    </section>
  );
}

function Question({ question, answer }) {
  const choices = question.responseSchema?.enum ?? [];
  const submit = (event) => {
    event.preventDefault();
    answer(new FormData(event.currentTarget).get("answer"));
  };
  return (
    <form className="question" onSubmit={submit}>
      <p>{question.message}</p>
      {choices.map((choice) => (
        <button key={choice} type="button" onClick={() => answer(choice)}>
          {choice}
        </button>
      ))}
      {choices.length === 0 && <input name="answer" aria-label="Your answer" required />}
    </form>
  );
}

function Chat() {
  useDefaultRenderTool();
  useInterrupt({
    render: ({ interrupt, resolve }) => <Question question={interrupt} answer={resolve} />,
  });
  return <CopilotChat threadId={threadId} messageView={{ assistantMessage: NamedMessage }} />;
}

createRoot(main).render(
  <CopilotKitProvider selfManagedAgents={{ default: agent }} enableInspector={false}>
    <Chat />
  </CopilotKitProvider>,
);
