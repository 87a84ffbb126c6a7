package io.agentstream.chat.speaker;

/** A planner's prompts, adapted from AutoGen's prompts for Magentic-One. */
final class PlannerPrompts {

  private PlannerPrompts() {}

  static final String FACTS =
      """
      Below is a request. Before anyone works on it, survey what is known.

      The request:
      {task}

      The conversation before it, if any:
      {history}

      Write a fact sheet in the language of the request, with these headings and nothing else:
      1. GIVEN OR VERIFIED FACTS: facts and figures that the request or the conversation gives
      2. FACTS TO LOOK UP: and where exactly they might be found
      3. FACTS TO DERIVE: by deduction, calculation or the like
      4. EDUCATED GUESSES: from memory, hunches, well-reasoned guesses

      Facts are typically specific names, dates, figures. List no steps and no plan.""";

  static final String PLAN =
      """
      We are working on this request:
      {task}

      This is the fact sheet:
      {facts}

      This is the team:
      {team}

      Write a short plan in bullet points for addressing the request, in its language. Involve \
      those members alone whom it takes.""";

  static final String FACTS_AGAIN =
      """
      We are working on this request:
      {task}

      This was said so far:
      {history}

      We do not get on as we would like, but may have learned something. Rewrite the fact sheet \
      below: add what is new, move guesses that proved right to the verified facts, and add or \
      update at least one educated guess, with your reasons. Keep its headings and its language.

      {facts}""";

  static final String PLAN_AGAIN =
      """
      We are working on this request:
      {task}

      This is the fact sheet:
      {facts}

      This is the team; nobody else can be reached:
      {team}

      This was the plan:
      {plan}

      This was said while following it:
      {history}

      Say briefly what went wrong, its root cause. Then write a new short plan in bullet points \
      that overcomes it and does not repeat the same mistakes, in the language of the request.""";

  static final String PROGRESS =
      """
      We are working on this request:
      {task}

      This is the team:
      {team}

      This is the fact sheet:
      {facts}

      This is the plan:
      {plan}

      This was said since the plan was made:
      {history}

      Answer with exactly these five lines, each beginning with its word and a colon. After yes or \
      no, give your reason in a few words.

      SATISFIED: yes if the request is fully and successfully addressed, else no
      LOOP: yes if the same requests or answers come again and again, else no
      PROGRESS: yes if we just begin or recent messages add value; no if we are stuck or something \
      bars the way
      NEXT: who speaks next, one name of: {names}
      INSTRUCTION: what you tell or ask this member, speaking to it directly, with all it needs to \
      know, in the language of the request""";

  static final String TURN =
      """
      The team works on this request:
      {task}

      The team:
      {team}

      What is known:
      {facts}

      The plan to follow as best as possible:
      {plan}

      You are {name}. Your part now:
      {instruction}""";

  static final String FALLBACK_INSTRUCTION =
      "Take the next step of the plan that you can take, and say what came of it.";
}
