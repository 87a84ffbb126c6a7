/**
 * An event, or a sign of life between events.
 *
 * @typedef {{type: string, data: string} | {type: "comment"}} StreamedEvent
 */

/**
 * Reads server-sent events, each as soon as it is complete.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<StreamedEvent>}
 */
export async function* readEvents(body) {
  let type = "message";
  let data = [];
  for await (const line of linesOf(body)) {
    if (line.startsWith(":")) yield { type: "comment" };
    else if (line.startsWith("event: ")) type = line.slice("event: ".length);
    else if (line.startsWith("data: ")) data.push(line.slice("data: ".length));
    else if (line === "") {
      if (data.length > 0) yield { type, data: data.join("\n") };
      type = "message";
      data = [];
    }
  }
}

/** Keeps the pieces of a long line apart until its end, so that no character is looked at twice. */
async function* linesOf(body) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let pieces = [];
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const [first, ...more] = decoder.decode(read.value, { stream: true }).split("\n");
      pieces.push(first);
      for (const begin of more) {
        yield pieces.join("");
        pieces = [begin];
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
