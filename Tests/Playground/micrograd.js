// A plain port of the idea of micrograd: what the page's engine is measured against.

"use strict";

class Scalar {
  constructor(data, children = [], backward = () => {}) {
    this.data = data;
    this.grad = 0;
    this.children = children;
    this.pushGradient = backward;
  }

  add(other) {
    const result = new Scalar(this.data + other.data, [this, other], () => {
      this.grad += result.grad;
      other.grad += result.grad;
    });
    return result;
  }

  multiply(other) {
    const result = new Scalar(this.data * other.data, [this, other], () => {
      this.grad += other.data * result.grad;
      other.grad += this.data * result.grad;
    });
    return result;
  }

  relu() {
    const result = new Scalar(Math.max(this.data, 0), [this], () => {
      if (this.data > 0) this.grad += result.grad;
    });
    return result;
  }

  backward() {
    const order = [], seen = new Set();
    const visit = (node) => {
      if (seen.has(node)) return;
      seen.add(node);
      node.children.forEach(visit);
      order.push(node);
    };
    visit(this);
    this.grad = 1;
    order.reverse().forEach((node) => node.pushGradient());
  }
}

/** Steps a second of gradient descent on the hinge loss of points of two numbers and a class. */
function microgradStepsPerSecond(points, layers, seconds) {
  let state = 1;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5;
  const network = layers.slice(1).map((width, layer) =>
    Array.from({ length: width }, () =>
      Array.from({ length: layers[layer] + 1 }, () => new Scalar(random()))));
  const parameters = network.flat(2);
  const apply = (inputs) => network.reduce((x, layer, place) =>
    layer.map((weights) => {
      const sum = x.reduce((sum, input, i) => sum.add(weights[i].multiply(input)), weights[x.length]);
      return place < network.length - 1 ? sum.relu() : sum;
    }), inputs);
  const start = performance.now();
  let steps = 0;
  while (performance.now() - start < 1000 * seconds || steps === 0) {
    const losses = points.map(([x, y, label]) =>
      apply([new Scalar(x), new Scalar(y)])[0].multiply(new Scalar(-label)).add(new Scalar(1)).relu());
    const loss = losses.reduce((sum, each) => sum.add(each)).multiply(new Scalar(1 / points.length));
    parameters.forEach((parameter) => { parameter.grad = 0; });
    loss.backward();
    parameters.forEach((parameter) => { parameter.data -= 0.1 * parameter.grad; });
    steps += 1;
  }
  return steps / ((performance.now() - start) / 1000);
}
