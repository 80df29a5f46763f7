// The GPT learns here, so that the page stays alive.

"use strict";

let leibniz, isRunning = false;

function learn() {
  if (!isRunning) return;
  const start = performance.now();
  const losses = [];
  let last;
  do losses.push(...(last = leibniz.numbers(leibniz.exports.names_step(4))));
  while (last.length > 0 && performance.now() - start < 60);
  postMessage({ kind: "losses", losses, seconds: (performance.now() - start) / 1000 });
  setTimeout(learn);
}

const answers = {
  open({ module, names, steps, seed }) {
    leibniz ??= new Leibniz(module);
    leibniz.withText(names, (at, count) => leibniz.exports.names_open(at, count, steps, seed));
  },
  run({ isOn }) {
    const wasRunning = isRunning;
    isRunning = isOn;
    if (isOn && !wasRunning) learn();
  },
  look({ beginning }) {
    const next = leibniz.withText(beginning, (at, count) =>
      leibniz.numbers(leibniz.exports.names_next(at, count)));
    const attention = leibniz.withText(beginning, (at, count) =>
      leibniz.numbers(leibniz.exports.names_attention(at, count)));
    postMessage({ kind: "look", beginning, next, attention });
  },
  sample({ temperature, count }) {
    const names = Array.from({ length: count }, () => leibniz.text(leibniz.exports.names_sample(temperature)));
    postMessage({ kind: "samples", names });
  },
};

onmessage = ({ data }) => answers[data.kind](data);
