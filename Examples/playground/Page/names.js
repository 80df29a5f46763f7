// A GPT that learns names in a worker, and shows what it expects and what it looks at.

class NamesPage {
  static steps = 3000;

  constructor(module) {
    this.module = module;
    this.names = byId("given-names").textContent.trim();
    const source = byId("leibniz-source").textContent + byId("worker-source").textContent.replace('"use strict";', "");
    this.worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    this.worker.onmessage = ({ data }) => this[data.kind](data);
    byId("names-run").addEventListener("click", () => this.run(!this.isRunning));
    byId("names-reset").addEventListener("click", () => this.restart());
    byId("beginning").addEventListener("input", () => this.ask());
    byId("temperature").addEventListener("input", () => {
      byId("temperature-value").textContent = byId("temperature").value;
      this.ask();
    });
    this.restart();
  }

  restart() {
    this.run(false);
    this.all = [];
    this.speed = 0;
    this.worker.postMessage({ kind: "open", module: this.module, names: this.names, steps: NamesPage.steps, seed: 1 });
    this.ask();
    this.draw();
  }

  run(isOn) {
    this.isRunning = isOn;
    byId("names-run").textContent = isOn ? "Pause" : "Run";
    this.worker.postMessage({ kind: "run", isOn });
  }

  hide() { this.run(false); }

  losses({ losses, seconds }) {
    this.all.push(...losses);
    if (losses.length > 0) this.speed = losses.length / seconds;
    if (this.all.length === NamesPage.steps) this.run(false);
    this.ask();
    this.draw();
  }

  ask() {
    this.worker.postMessage({ kind: "look", beginning: byId("beginning").value.toLowerCase() });
    this.worker.postMessage({ kind: "sample", temperature: Number(byId("temperature").value), count: 12 });
  }

  /** The loss of each step, and its mean over the last hundred. */
  draw() {
    const mean = this.all.map((_, place) => {
      const last = this.all.slice(Math.max(0, place - 99), place + 1);
      return place % 10 === 0 ? [place + 1, last.reduce((sum, x) => sum + x, 0) / last.length] : null;
    }).filter((point) => point !== null);
    drawCurves(byId("names-curve"), [{ points: mean, color: "accent" }]);
    byId("names-figures").textContent = this.all.length === 0 ? "It has read no name yet." :
      `step ${this.all.length} of ${NamesPage.steps}   loss ${brief(mean.at(-1)?.[1] ?? NaN)}   ${Math.round(this.speed)} steps/s`;
  }

  look({ beginning, next, attention }) {
    byId("letters").replaceChildren(...Array.from(next, (probability, place) =>
      this.cell(place < 26 ? String.fromCharCode(97 + place) : "end", probability, `${Math.round(probability * 100)} %`)));
    const letters = ["·", ...beginning.replace(/[^a-z]/g, "").slice(0, 15)];
    const heads = attention.length / letters.length;
    byId("attention").replaceChildren(...Array.from({ length: heads }, (_, head) => {
      const row = document.createElement("div");
      row.append(...letters.map((letter, place) => this.cell(letter, attention[head * letters.length + place])));
      return row;
    }));
  }

  cell(text, share, small) {
    const cell = document.createElement("span");
    cell.textContent = text;
    if (small) cell.append(Object.assign(document.createElement("small"), { textContent: small }));
    cell.style.background = `color-mix(in srgb, var(--accent) ${Math.round(Math.sqrt(share) * 80)}%, transparent)`;
    return cell;
  }

  samples({ names }) {
    byId("samples").replaceChildren(...names.map((name) =>
      Object.assign(document.createElement("li"), { textContent: name || "–" })));
  }
}
