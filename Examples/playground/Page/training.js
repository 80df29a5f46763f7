// A network that learns to tell two classes of points apart, watched while it does.

class TrainingPage {
  static settings = [
    ["shape", "Data", { moons: 0, circles: 1, spirals: 2, "exclusive or": 3, "drawn by hand": 4 }, "moons", true],
    ["noise", "Noise", { 0: 0, 0.05: 0.05, 0.1: 0.1, 0.2: 0.2, 0.3: 0.3 }, "0.1", true],
    ["layers", "Hidden layers", { none: [], 4: [4], 8: [8], "8, 8": [8, 8], "16, 16": [16, 16], "32, 32": [32, 32], "8 × 6": [8, 8, 8, 8, 8, 8], "16 × 10": Array(10).fill(16) }, "16, 16", true],
    ["activation", "Activation", { relu: "relu", tanh: "tanh", sigmoid: "sigmoid", gelu: "gelu", silu: "silu" }, "relu", true],
    ["loss", "Loss", { hinge: 0, logistic: 1, squared: 2 }, "hinge", true],
    ["optimizer", "Optimiser", { SGD: 0, momentum: 1, RMSProp: 2, Adam: 3 }, "SGD", true],
    ["rate", "Learning rate", { 0.001: 0.001, 0.003: 0.003, 0.01: 0.01, 0.03: 0.03, 0.1: 0.1, 0.3: 0.3, 1: 1, 3: 3 }, "0.3", false],
    ["batch", "Batch", { 1: 1, 4: 4, 16: 16, 32: 32, 100: 100 }, "100", true],
    ["decay", "Weight decay", { 0: 0, 0.0001: 1e-4, 0.001: 1e-3, 0.01: 1e-2, 0.1: 0.1 }, "0.0001", true],
  ];
  static radius = 1.6;
  static grid = 48;

  constructor(leibniz) {
    this.leibniz = leibniz;
    this.drawn = [];
    for (const [name, title, options, standard, restarts] of TrainingPage.settings) {
      const setting = document.createElement("div");
      setting.className = "setting";
      const label = Object.assign(document.createElement("label"), { htmlFor: name, textContent: title });
      const select = Object.assign(document.createElement("select"), { id: name });
      for (const option of Object.keys(options)) select.append(new Option(option, option, option === standard, option === standard));
      select.addEventListener("change", () => {
        if (restarts) this.restart();
        else leibniz.exports.training_set_rate(this.setting("rate"));
      });
      setting.append(label, select);
      byId("settings").append(setting);
    }
    byId("run").addEventListener("click", () => this.run(!this.isRunning));
    byId("step").addEventListener("click", () => { this.run(false); this.learn(1); this.draw(); });
    byId("reset").addEventListener("click", () => { this.seed += 1; this.restart(); });
    byId("look").addEventListener("click", () => this.lookAround());
    byId("regions").addEventListener("click", (event) => this.addPoint(event));
    this.seed = 1;
    this.restart();
  }

  setting(name) {
    const options = TrainingPage.settings.find((each) => each[0] === name)[2];
    return options[byId(name).value];
  }

  restart() {
    const { leibniz } = this;
    this.steps = 0;
    this.curves = { training: [], heldOut: [] };
    this.speed = 0;
    this.reached = null;
    const shape = this.setting("shape");
    if (shape < 4) this.points = leibniz.numbers(leibniz.exports.training_points(shape, 125, this.setting("noise"), this.seed));
    else this.points = Float64Array.from(this.drawn.flat());
    this.isOpen = this.points.length >= 6;
    byId("landscape").hidden = true;
    if (!this.isOpen) { this.run(false); this.draw(); return; }
    const layers = this.setting("layers");
    const activation = leibniz.functions.unary.indexOf(this.setting("activation"));
    leibniz.with(this.points, (points, count) =>
      leibniz.with(Int32Array.from(layers), (widths) =>
        leibniz.exports.training_open(
          points, count / 3, widths, layers.length, activation, this.setting("loss"), this.setting("optimizer"),
          this.setting("rate"), this.setting("batch"), this.setting("decay"), this.seed)));
    this.layers = [2, ...layers, 1];
    this.evaluate();
    this.draw();
  }

  run(isOn) {
    if (isOn && !this.isOpen) return;
    const wasRunning = this.isRunning;
    this.isRunning = isOn;
    byId("run").textContent = isOn ? "Pause" : "Run";
    if (isOn && !wasRunning) requestAnimationFrame(() => this.frame());
  }

  hide() { this.run(false); }

  /** Learns for a part of each frame, and paints in the rest. */
  frame() {
    if (!this.isRunning) return;
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 12) { this.learn(4); count += 4; }
    const seconds = (performance.now() - start) / 1000;
    this.speed = this.speed ? 0.9 * this.speed + 0.1 * (count / seconds) : count / seconds;
    this.evaluate();
    this.draw();
    if (!Number.isFinite(this.loss)) this.run(false);
    requestAnimationFrame(() => this.frame());
  }

  learn(count) {
    if (!this.isOpen) return;
    this.loss = this.leibniz.exports.training_step(count);
    this.steps += count;
  }

  evaluate() {
    const { leibniz } = this;
    const [loss, accuracy, heldOutLoss, heldOutAccuracy] = leibniz.numbers(leibniz.exports.training_evaluate());
    this.result = { loss, accuracy, heldOutLoss, heldOutAccuracy };
    this.curves.training.push([this.steps, loss]);
    if (Number.isFinite(heldOutLoss)) this.curves.heldOut.push([this.steps, heldOutLoss]);
  }

  draw() {
    this.drawRegions();
    if (!this.isOpen) {
      byId("figures").textContent = "Click into the square to draw at least two points.";
      return;
    }
    const { loss, accuracy, heldOutAccuracy } = this.result;
    const percent = (share) => `${Math.round(share * 100)} %`;
    byId("figures").textContent =
      `step ${this.steps}   loss ${brief(loss)}   right: ${percent(accuracy)}`
      + (Number.isFinite(heldOutAccuracy) ? `, held out ${percent(heldOutAccuracy)}` : "")
      + (this.speed ? `   ${Math.round(this.speed)} steps/s` : "");
    drawCurves(byId("curve"), [
      { points: this.curves.training, color: "accent" }, { points: this.curves.heldOut, color: "second" }]);
    this.drawNetwork();
    this.drawGradients();
  }

  drawRegions() {
    const canvas = byId("regions"), context = canvas.getContext("2d");
    const { radius, grid } = TrainingPage;
    const [first, second, paper] = [rgb("first"), rgb("second"), rgb("card")];
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (this.isOpen) {
      const { leibniz } = this;
      const scores = leibniz.numbers(leibniz.exports.training_regions(grid, radius));
      const image = new ImageData(grid, grid);
      scores.forEach((score, place) => {
        const strength = 0.12 + 0.4 * Math.min(Math.abs(score), 1);
        const ink = score > 0 ? first : second;
        ink.forEach((channel, i) => { image.data[4 * place + i] = paper[i] + strength * (channel - paper[i]); });
        image.data[4 * place + 3] = 255;
      });
      this.tile ??= new OffscreenCanvas(grid, grid);
      this.tile.getContext("2d").putImageData(image, 0, 0);
      context.imageSmoothingEnabled = true;
      context.drawImage(this.tile, 0, 0, canvas.width, canvas.height);
    }
    const scale = canvas.width / (2 * radius);
    const isHeldOut = (i) => this.points.length >= 30 && i % 5 === 4;
    for (let i = 0; i < this.points.length / 3; i++) {
      const [x, y, label] = this.points.subarray(3 * i, 3 * i + 3);
      context.beginPath();
      context.arc((x + radius) * scale, (radius - y) * scale, 5, 0, 2 * Math.PI);
      context.fillStyle = color(label > 0 ? "first" : "second");
      context.strokeStyle = color(isHeldOut(i) ? "ink" : "card");
      context.lineWidth = isHeldOut(i) ? 2 : 1;
      context.fill();
      context.stroke();
    }
  }

  drawNetwork() {
    const svg = byId("network");
    const { leibniz, layers } = this;
    const parameters = leibniz.numbers(leibniz.exports.training_parameters());
    const x = (layer) => 24 + (layer / (layers.length - 1)) * 432;
    const y = (neuron, width) => 150 + (neuron - (width - 1) / 2) * Math.min(40, 276 / width);
    const edges = svgElement("g"), neurons = svgElement("g");
    const marks = { first: "", second: "" };
    const lines = [];
    let place = 0;
    for (let layer = 1; layer < layers.length; layer++)
      for (let to = 0; to < layers[layer]; to++) {
        for (let from = 0; from < layers[layer - 1]; from++, place++)
          lines.push([parameters[place], `M${x(layer - 1)} ${y(from, layers[layer - 1]).toFixed(1)}L${x(layer)} ${y(to, layers[layer]).toFixed(1)}`]);
        place += 1;  // the bias
      }
    // Three widths for each sign: one path for each is drawn sooner than a line for each weight.
    const largest = Math.max(...lines.map(([weight]) => Math.abs(weight)), 1e-12);
    for (const sign of [1, -1])
      for (const [low, high, width] of [[0.05, 0.25, 0.4], [0.25, 0.6, 1], [0.6, 1.01, 2.4]]) {
        const path = lines.filter(([weight]) => weight * sign > low * largest && weight * sign <= high * largest)
          .map((line) => line[1]).join("");
        edges.append(svgElement("path", { d: path, fill: "none", stroke: `var(--${sign > 0 ? "first" : "second"})`, "stroke-width": width }));
      }
    layers.forEach((width, layer) => {
      for (let neuron = 0; neuron < width; neuron++)
        neurons.append(svgElement("circle", { class: "neuron", cx: x(layer), cy: y(neuron, width), r: Math.min(8, 110 / width) }));
    });
    svg.replaceChildren(edges, neurons);
  }

  drawGradients() {
    const { leibniz } = this;
    const norms = leibniz.numbers(leibniz.exports.training_norms());
    const count = norms.length / 2;
    byId("gradients").replaceChildren(...Array.from({ length: count }, (_, layer) => {
      const gradient = norms[2 * layer + 1];
      const share = gradient > 0 ? Math.min(Math.max((Math.log10(gradient) + 8) / 9, 0.01), 1) : 0;
      const group = svgElement("g");
      const width = Math.min(460 / count, 80), x = 10 + layer * width;
      group.append(
        svgElement("rect", { x: x + 2, y: 84 - 70 * share, width: width - 8, height: 70 * share, rx: 2, fill: "var(--accent)" }),
        svgElement("text", { x: x + width / 2, y: 102, "text-anchor": "middle" }, gradient > 0 ? gradient.toExponential(0) : "–"));
      return group;
    }));
  }

  /** Paints the landscape a row at a time, so that the page stays alive. */
  lookAround() {
    if (!this.isOpen) return;
    this.run(false);
    byId("landscape").hidden = false;
    const side = 31, rows = [];
    const { leibniz } = this;
    const nextRow = () => {
      rows.push(leibniz.numbers(leibniz.exports.training_landscape(rows.length, side, 1)));
      this.drawLandscape(rows, side);
      if (rows.length < side) requestAnimationFrame(nextRow);
    };
    nextRow();
  }

  drawLandscape(rows, side) {
    const canvas = byId("landscape"), context = canvas.getContext("2d");
    const logs = rows.map((row) => row.map((loss) => Math.log10(Math.max(loss, 1e-6))));
    const all = logs.flatMap((row) => [...row]);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const [from, to] = [rgb("first"), rgb("second")];
    const edge = (place, size) => Math.round((place * size) / side);
    context.clearRect(0, 0, canvas.width, canvas.height);
    logs.forEach((row, r) => row.forEach((loss, c) => {
      const level = high > low ? Math.round(12 * (loss - low) / (high - low)) / 12 : 0;
      context.fillStyle = `rgb(${from.map((channel, i) => Math.round(channel + level * (to[i] - channel))).join()})`;
      const [left, top] = [edge(c, canvas.width), edge(r, canvas.height)];
      context.fillRect(left, top, edge(c + 1, canvas.width) - left, edge(r + 1, canvas.height) - top);
    }));
    context.beginPath();
    context.arc(canvas.width / 2, canvas.height / 2, 6, 0, 2 * Math.PI);
    context.fillStyle = color("card");
    context.strokeStyle = color("ink");
    context.fill();
    context.stroke();
  }

  addPoint(event) {
    if (byId("shape").value !== "drawn by hand") {
      this.drawn = [];
      for (let i = 0; i < this.points.length; i += 3) this.drawn.push([...this.points.subarray(i, i + 3)]);
      byId("shape").value = "drawn by hand";
    }
    const box = byId("regions").getBoundingClientRect();
    const { radius } = TrainingPage;
    this.drawn.push([
      radius * (2 * (event.clientX - box.left) / box.width - 1),
      radius * (1 - 2 * (event.clientY - box.top) / box.height), Number(byId("pen").value)]);
    this.restart();
  }
}
