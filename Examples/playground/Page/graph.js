// A formula's graph that thinks: forwards and backwards, one node at a time.

class GraphPage {
  static presets = [
    ["(a·b + c)·f", "e = a*b; d = e + c; L = d*f", { a: 2, b: -3, c: 10, f: -2 }],
    ["micrograd's expression",
      "c = a + b; d = a*b + b^3; c = c + c + 1; c = c + 1 + c - a; d = d + d*2 + relu(b + a); d = d + 3*d + relu(b - a); e = c - d; f = e^2; g = f/2 + 10/f",
      { a: -4, b: 2 }],
    ["A neuron", "tanh(w1*x1 + w2*x2 + b)", { w1: -3, x1: 2, w2: 1, x2: 0, b: 6.8813735870195432 }],
    ["Logistic loss", "-log(sigmoid(y*(w*x + b)))", { y: 1, w: 0.5, x: 2, b: -1.5 }],
    ["A number used twice", "a*a + a", { a: 3 }],
    ["A vanishing chain", "sigmoid(sigmoid(sigmoid(sigmoid(sigmoid(sigmoid(w*x))))))", { w: 2, x: 1 }],
  ];

  constructor(leibniz) {
    this.leibniz = leibniz;
    this.numbers = new Map();
    this.position = 0;
    for (const [place, [title]] of GraphPage.presets.entries())
      byId("preset").append(new Option(title, place));
    byId("preset").addEventListener("change", () => this.choose(Number(byId("preset").value)));
    byId("formula").addEventListener("input", () => this.open(byId("formula").value));
    const go = { first: () => 0, back: () => this.position - 1, last: () => this.steps.length,
      forward: () => Math.min(this.position + 1, this.forwardCount),
      backward: () => Math.max(this.position, this.forwardCount) + 1 };
    for (const [id, next] of Object.entries(go))
      byId(id).addEventListener("click", () => this.goTo(next()));
    byId("zoom-in").addEventListener("click", () => this.zoom(1.25));
    byId("zoom-out").addEventListener("click", () => this.zoom(0.8));
    byId("zoom-fit").addEventListener("click", () => this.fit());
    this.listenToTheStage();
    this.choose(0);
  }

  choose(preset) {
    const [, formula, numbers] = GraphPage.presets[preset];
    for (const [name, number] of Object.entries(numbers)) this.numbers.set(name, number);
    byId("formula").value = formula;
    this.open(formula);
    this.goTo(this.steps.length, false);
  }

  open(formula) {
    const { leibniz } = this;
    const graph = JSON.parse(
      leibniz.withText(formula, (at, count) => leibniz.text(leibniz.exports.graph_open(at, count))));
    byId("formula").setAttribute("aria-invalid", graph.error !== undefined);
    byId("formula-error").textContent =
      graph.error === undefined ? "" : `${formula}\n${" ".repeat(graph.position)}^ ${graph.error}`;
    if (graph.error !== undefined) return;
    this.graph = graph;
    graph.variables.forEach(({ name }, place) => this.set(place, this.numbers.get(name) ?? 1));
    this.position = 0;
    this.listVariables();
    this.fit();
    this.goTo(0);
  }

  set(place, number) {
    this.numbers.set(this.graph.variables[place].name, number);
    this.graph = JSON.parse(this.leibniz.text(this.leibniz.exports.graph_set(place, number)));
  }

  /** A forward step for each operation, then the seed, then a backward step for each operation. */
  get steps() {
    const { nodes, backward } = this.graph;
    const forward = nodes.flatMap((node, place) => (node.operation ? [{ node: place }] : []));
    return [...forward, { seed: nodes.length - 1 }, ...backward];
  }

  get forwardCount() { return this.graph.nodes.filter((node) => node.operation).length; }

  /** What is known after the first steps: which nodes have a number, and the gradients so far. */
  stateAfter(position) {
    const { nodes } = this.graph;
    const known = nodes.map((node) => !node.operation);
    const gradients = nodes.map(() => null);
    const shares = [];
    this.steps.slice(0, position).forEach((step, place) => {
      if (place < this.forwardCount) known[step.node] = true;
      else if (step.seed !== undefined) gradients[step.seed] = 1;
      else
        step.shares.forEach((share, operand) => {
          if (!nodes[share.child].constant) gradients[share.child] = share.total;
          shares.push({ node: step.node, operand, ...share });
        });
    });
    return { known, gradients, shares };
  }

  goTo(position, isStepping = true) {
    this.isStepping = isStepping;
    this.position = Math.min(Math.max(position, 0), this.steps.length);
    byId("first").disabled = byId("back").disabled = this.position === 0;
    byId("forward").disabled = this.position >= this.forwardCount;
    byId("backward").disabled = byId("last").disabled = this.position === this.steps.length;
    byId("sentence").textContent = this.sentence();
    this.draw();
    this.showGradients();
  }

  name(place) {
    const { label, data } = this.graph.nodes[place];
    return label || (place === this.graph.nodes.length - 1 ? "the result" : `the node of ${brief(data)}`);
  }

  /** What the operation of a node computes, with texts for its operands. */
  expression(place, operand) {
    const { operation, children } = this.graph.nodes[place];
    const texts = children.map(operand);
    const [first, second] = operation.split(" ");
    const isSign = (text) => /^[-+*/]$/.test(text);
    if (isSign(first) && texts.length === 2) return texts.join(` ${first} `);
    if (isSign(first) && second !== undefined) return `${texts[0]} ${first} ${second}`;
    if (second !== undefined && isSign(second)) return `${first} ${second} ${texts[0]}`;
    if (first === "negate") return `−${texts[0]}`;
    if (first === "power") return `${texts[0]} to the power ${texts[1] ?? second}`;
    return `${operation}(${texts.join(", ")})`;
  }

  sentence() {
    const { nodes } = this.graph;
    if (this.position === 0)
      return "Every variable has its number. Forward computes one node at a time; Backward then asks how much the result changes when each number does.";
    if (this.position === this.steps.length && !this.isStepping)
      return "Each gradient says how much the result changes with that number; on each edge stands the local derivative. Click a box to see where its gradient comes from, or go to the start and step through.";
    const step = this.steps[this.position - 1];
    if (step.seed !== undefined)
      return `Backward begins at the end: the derivative of ${this.name(step.seed)} with respect to itself is 1.`;
    const number = (place) => {
      const text = brief(nodes[place].data);
      return text.startsWith("−") ? `(${text})` : text;
    };
    if (step.shares === undefined) {
      const node = nodes[step.node];
      const label = node.label ? `${node.label} = ` : "";
      return `${label}${this.expression(step.node, (child) => nodes[child].label || number(child))}: `
        + `${this.expression(step.node, number)} = ${brief(node.data)}.`;
    }
    const arrived = brief(this.stateAfter(this.position - 1).gradients[step.node]);
    const parts = step.shares.filter((share) => !nodes[share.child].constant).map((share) => {
      const before = share.total - share.amount;
      const sum = Math.abs(before) > 1e-300 && share.total !== share.amount
        ? `, which makes ${brief(before)} + ${brief(share.amount)} = ${brief(share.total)} with what it had` : "";
      return `with ${this.name(share.child)} at the rate ${brief(share.slope)}, so ${this.name(share.child)} receives ${brief(share.slope)} × ${arrived} = ${brief(share.amount)}${sum}`;
    });
    const name = nodes[step.node].label ? `${nodes[step.node].label} = ` : "";
    const text = this.expression(step.node, (child) => nodes[child].label || number(child));
    return `The gradient ${arrived} has reached ${name}${text}. It changes ${parts.join("; ")}.`;
  }

  draw() {
    const { nodes } = this.graph;
    const { known, gradients, shares } = this.stateAfter(this.position);
    const step = this.position > 0 ? this.steps[this.position - 1] : {};
    const isForward = this.position > 0 && this.position <= this.forwardCount;
    const picture = svgElement("g");
    const plates = svgElement("g");
    nodes.forEach((node, place) => {
      const isLit = step.node === place;
      node.operands.forEach((path, operand) => {
        const state = isLit ? (isForward ? " lit-forward" : " lit") : "";
        picture.append(svgElement("path", { class: `edge${state}`, d: path, "marker-end": "url(#tip)" }));
        const share = shares.find((each) => each.node === place && each.operand === operand);
        if (share && (isLit || this.position === this.steps.length) && !nodes[share.child].constant)
          plates.append(this.plate(node.bends[operand], share, isLit ? gradients[place] : null));
      });
      if (node.operation) {
        picture.append(svgElement("path", { class: "edge", d: node.result, "marker-end": "url(#tip)" }));
        const circle = svgElement("g", { class: isLit ? "lit" : "" });
        circle.append(
          svgElement("rect", { class: "box", x: node.circleX - node.circleWidth / 2, y: node.circleY - 13, width: node.circleWidth, height: 26, rx: 13 }),
          svgElement("text", { x: node.circleX, y: node.circleY, dy: ".35em", "text-anchor": "middle" }, node.operation));
        picture.append(circle);
      }
      const isTouched = (isForward && isLit) || step.seed === place
        || step.shares?.some((share) => share.child === place);
      const box = this.box(node, known[place], gradients[place], isTouched);
      box.addEventListener("click", () => this.explain(place));
      picture.append(box);
    });
    const tip = svgElement("marker", { id: "tip", viewBox: "0 0 8 8", refX: 7.5, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" });
    tip.append(svgElement("path", { d: "M0 .5L8 4L0 7.5z", fill: color("quiet") }));
    const svg = svgElement("svg", { role: "img", "aria-label": `The graph of ${byId("formula").value}` });
    svg.append(tip, picture, plates);
    byId("stage").replaceChildren(svg);
    if (step.node !== undefined) this.follow(nodes[step.node]);
    this.view();
  }

  box(node, isKnown, gradient, isLit) {
    const height = 17 * node.lines;
    const top = node.y - height / 2;
    const lines = [];
    if (node.label) lines.push(["name", node.label]);
    lines.push([isKnown ? "" : "waiting", isKnown ? `data ${brief(node.data)}` : "data ?"]);
    if (!node.constant) lines.push([gradient === null ? "waiting" : "grad", gradient === null ? "grad" : `grad ${brief(gradient)}`]);
    const group = svgElement("g", {
      class: isLit ? "node lit" : "node", role: "img",
      "aria-label": [node.label || "node", ...lines.slice(node.label ? 1 : 0).map((line) => line[1])].join(", "),
    });
    group.append(svgElement("rect", { class: "box", x: node.x - node.width / 2, y: top, width: node.width, height, rx: 4 }));
    lines.forEach(([kind, text], place) =>
      group.append(svgElement("text", { class: kind, x: node.x, y: top + 17 * place + 8.5, dy: ".35em", "text-anchor": "middle" }, text)));
    return group;
  }

  /** The local derivative on a plate where an edge runs; times the gradient that arrives, if one does. */
  plate([x, y], { slope, amount }, arrived) {
    const text = arrived === null ? brief(slope) : `${brief(slope)}·${brief(arrived)}=${brief(amount)}`;
    const width = 6.8 * text.length + 6;
    const group = svgElement("g");
    group.append(
      svgElement("rect", { class: "share-plate", x: x - width / 2, y: y - 8, width, height: 16, rx: 3 }),
      svgElement("text", { class: "share", x, y, dy: ".35em", "text-anchor": "middle" }, text));
    return group;
  }

  /** Goes to the step in which a node got its gradient, or the last part of it. */
  explain(place) {
    const last = this.steps.findLastIndex((step) =>
      step.seed === place || step.shares?.some((share) => share.child === place));
    if (last >= 0) this.goTo(last + 1);
  }

  listVariables() {
    byId("variables").replaceChildren(...this.graph.variables.map(({ name, data }, place) => {
      const card = document.createElement("div");
      card.className = "variable";
      const reach = Math.max(5, 2 * Math.abs(data));
      card.innerHTML = `<header><strong></strong><input type="number" step="any"></header>
        <input type="range" min="${-reach}" max="${reach}" step="${reach / 500}">
        <dl><dt>gradient</dt><dd class="grad"></dd><dt>slope by nudging</dt><dd class="nudged"></dd></dl>`;
      card.querySelector("strong").textContent = name;
      const [number, range] = card.querySelectorAll("input");
      number.setAttribute("aria-label", `The number of ${name}`);
      range.setAttribute("aria-label", `Slide ${name}`);
      number.value = range.value = data;
      const change = (input, other) => input.addEventListener("input", () => {
        if (input.value === "" || !Number.isFinite(Number(input.value))) return;
        other.value = input.value;
        this.set(place, Number(input.value));
        this.goTo(this.position, this.isStepping);
      });
      change(number, range);
      change(range, number);
      return card;
    }));
  }

  showGradients() {
    const isDone = this.position === this.steps.length;
    this.graph.variables.forEach(({ grad, nudged }, place) => {
      const card = byId("variables").children[place];
      card.querySelector(".grad").textContent = isDone ? brief(grad) : "after Backward";
      card.querySelector(".nudged").textContent = brief(nudged);
    });
  }

  /** Shows the whole graph, or as much of it as can be read. */
  fit() {
    const { width, height } = this.graph;
    const box = byId("stage").getBoundingClientRect();
    const scale = Math.min(box.width / (width + 32), box.height / (height + 32), 2);
    const readable = Math.max(scale, 0.7);
    const [shownWidth, shownHeight] = [box.width / readable, box.height / readable];
    this.window = {
      x: scale < 0.7 ? width + 16 - shownWidth : (width - shownWidth) / 2,
      y: (height - shownHeight) / 2, width: shownWidth, height: shownHeight,
    };
    this.view();
  }

  /** Moves the window so that a node and what it is made of can be seen. */
  follow(node) {
    const { x, y, width, height } = this.window;
    const left = Math.min(node.x, node.circleX ?? node.x) - 180, right = node.x + node.width / 2 + 10;
    if (right > x + width) this.window.x = right - width;
    if (left < x || left < this.window.x) this.window.x = Math.min(left, right - width);
    if (node.y - 50 < y) this.window.y = node.y - 50;
    if (node.y + 50 > y + height) this.window.y = node.y + 50 - height;
  }

  zoom(factor, at = { x: 0.5, y: 0.5 }) {
    const { x, y, width, height } = this.window;
    this.window = {
      x: x + at.x * width * (1 - 1 / factor), y: y + at.y * height * (1 - 1 / factor),
      width: width / factor, height: height / factor,
    };
    this.view();
  }

  view() {
    const { x, y, width, height } = this.window;
    byId("stage").querySelector("svg")?.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  }

  listenToTheStage() {
    const stage = byId("stage");
    stage.addEventListener("keydown", (event) => {
      const keys = { ArrowRight: () => this.goTo(this.position + 1), ArrowLeft: () => this.goTo(this.position - 1),
        Home: () => this.goTo(0), End: () => this.goTo(this.steps.length),
        "+": () => this.zoom(1.25), "-": () => this.zoom(0.8), 0: () => this.fit() };
      if (!keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = stage.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 400),
        { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
    }, { passive: false });
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      let last = event;
      const move = (next) => {
        const box = stage.getBoundingClientRect();
        const scale = Math.max(this.window.width / box.width, this.window.height / box.height);
        this.window.x -= (next.clientX - last.clientX) * scale;
        this.window.y -= (next.clientY - last.clientY) * scale;
        last = next;
        this.view();
      };
      stage.addEventListener("pointermove", move);
      stage.addEventListener("pointerup", () => stage.removeEventListener("pointermove", move), { once: true });
    });
  }
}
