// Counts what the page does to its transcript, frame by frame, and what of it has to be read as
// Markdown. In the page before any script of its own.
(() => {
  const probe = {
    frames: new Set(),
    batches: 0,
    batchesPerFrame: 0,
    touchedPerFrame: [],
    touchedBefore: 0,
    touchedFinished: 0,
    intervals: [],
    longTasks: [],
    longFrames: [],
    lexed: 0,
    lexerCalls: 0,
  };
  window.probe = probe;

  let run;
  let lastFrame = -1;
  let inLastFrame = 0;

  /** From now on, once all is drawn; what was said in other runs than `ofRun` is expected to rest. */
  probe.start = (ofRun) => {
    run = ofRun;
    probe.lexed = probe.lexerCalls = 0;
    const transcript = document.getElementById("transcript");
    new MutationObserver(onBatch).observe(transcript, {
      childList: true,
      characterData: true,
      attributes: true,
      subtree: true,
    });
    observe("longtask", probe.longTasks);
    observe("long-animation-frame", probe.longFrames);
    requestAnimationFrame(tick);
  };

  /** As plain data. */
  probe.report = () => {
    const times = [...probe.frames];
    return { ...probe, frames: times.length, seconds: (times.at(-1) - times[0]) / 1000 };
  };

  /** @param {number} count of frames to wait for */
  probe.frame = async (count) => {
    for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
  };

  let lastTick = 0;
  function tick(now) {
    if (lastTick) probe.intervals.push(now - lastTick);
    lastTick = now;
    requestAnimationFrame(tick);
  }

  function observe(type, durations) {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) durations.push(duration);
    }).observe({ type });
  }

  function onBatch(records) {
    // Stands still within a frame and moves from one to the next.
    const frame = document.timeline.currentTime;
    inLastFrame = frame === lastFrame ? inLastFrame + 1 : 1;
    lastFrame = frame;
    probe.frames.add(frame);
    probe.batches++;
    probe.batchesPerFrame = Math.max(probe.batchesPerFrame, inLastFrame);
    probe.touchedPerFrame.push(countNodes(records));
    const grown = new Map();
    for (const { target, addedNodes, removedNodes } of records) {
      grown.set(target, (grown.get(target) ?? 0) + addedNodes.length - removedNodes.length);
    }
    for (const { target } of records) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      const message = element?.closest(".message[data-run]");
      if (message && message.dataset.run !== run) probe.touchedBefore++;
      if (isFinished(element, grown)) probe.touchedFinished++;
    }
  }

  function countNodes(records) {
    const touched = new Set();
    for (const { target, addedNodes } of records) {
      touched.add(target);
      for (const node of addedNodes) touched.add(node);
    }
    return touched.size;
  }

  /** Whether it belongs to a block that had two blocks after it before this batch. */
  function isFinished(element, grown) {
    const body = element?.closest(".markdown");
    if (!body || element === body) return false;
    let block = element;
    while (block.parentElement !== body) block = block.parentElement;
    let after = 0;
    for (let next = block.nextElementSibling; next; next = next.nextElementSibling) after++;
    return after - (grown.get(body) ?? 0) >= 2;
  }
})();
