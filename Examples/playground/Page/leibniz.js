// Leibniz for JavaScript: the functions that the WebAssembly program leaves to its host, and classes
// around those that it offers. `leibniz.d.ts` describes them.

"use strict";

/** erf(x): its series near 0, else from the continued fraction of erfc. */
function erf(x) {
  const magnitude = Math.abs(x);
  if (!(magnitude < 2)) return x < 0 ? erfc(magnitude) - 1 : 1 - erfc(magnitude);
  // 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, of terms of one sign.
  let term = x, sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** 1 − erf(x), by the continued fraction for large x (Abramowitz and Stegun, 7.1.14). */
function erfc(x) {
  if (Number.isNaN(x)) return x;
  if (x < 2) return x < -2 ? 2 - erfc(-x) : 1 - erf(x);
  if (x > 27.3) return 0;
  let fraction = x;
  for (let n = 120; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}

const elementaryFunctions = {
  exp: Math.exp, log: Math.log, log1p: Math.log1p, expm1: Math.expm1, sin: Math.sin, cos: Math.cos,
  tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan, sinh: Math.sinh, cosh: Math.cosh,
  tanh: Math.tanh, asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh, atan2: Math.atan2,
  pow: Math.pow, erf, erfc,
};

/** The library, running. */
class Leibniz {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    const host = {
      ...elementaryFunctions,
      arc4random_buf: (address, count) =>
        crypto.getRandomValues(new Uint8Array(this.memory.buffer, address, count)),
    };
    this.exports = new WebAssembly.Instance(module, { env: host }).exports;
    this.memory = this.exports.memory;
    this.functions = JSON.parse(this.text(this.exports.leibniz_functions()));
  }

  static async load(bytes) { return new Leibniz(await WebAssembly.compile(bytes)); }

  /** The text that the last call left. */
  text(count = this.exports.leibniz_text_size()) {
    return new TextDecoder().decode(
      new Uint8Array(this.memory.buffer, this.exports.leibniz_text(), count));
  }

  /** The numbers that the last call left. */
  numbers(count) {
    if (count === 0) return new Float64Array(0);
    return new Float64Array(this.memory.buffer, this.exports.leibniz_numbers(), count).slice();
  }

  /** Calls `body` with the address of a copy of an array in the program's memory. */
  with(array, body) {
    const address = this.exports.leibniz_allocate(Math.max(array.byteLength, 8));
    try {
      new array.constructor(this.memory.buffer, address, array.length).set(array);
      return body(address, array.length);
    } finally {
      this.exports.leibniz_deallocate(address);
    }
  }

  withText(text, body) { return this.with(new TextEncoder().encode(text), body); }

  value(data) { return new Value(this, this.exports.leibniz_value(data)); }
  constant(data) { return new Value(this, this.exports.leibniz_constant(data)); }

  /** A row of the table by its name, on values; numbers count as constants. */
  apply(name, ...operands) {
    const { unary, binary, nary } = this.functions;
    const call = (...rest) => new Value(this, this.exports[rest[0]](...rest.slice(1)));
    if (operands.length === 1 && unary.includes(name))
      return call("leibniz_unary", unary.indexOf(name), operands[0].handle);
    if (operands.length === 2 && binary.includes(name)) {
      const [x, y] = operands, row = binary.indexOf(name);
      if (typeof y === "number") return call("leibniz_binary_number", row, x.handle, y, 0);
      if (typeof x === "number") return call("leibniz_binary_number", row, y.handle, x, 1);
      return call("leibniz_binary", row, x.handle, y.handle);
    }
    if (!nary.includes(name)) throw new RangeError(`Leibniz has no function ${name} of ${operands.length}.`);
    return this.with(handles(operands), (address, count) =>
      call("leibniz_nary", nary.indexOf(name), address, count));
  }

  /** A compiled program; `parameters` come first in the order of its gradients. */
  program(output, inputs, parameters = []) { return new Program(this, output, inputs, parameters); }

  mlp(inputs, layers, { activation = "relu", seed = 1 } = {}) {
    const row = this.functions.unary.indexOf(activation);
    if (row < 0) throw new RangeError(`Leibniz has no activation ${activation}.`);
    return this.with(Int32Array.from(layers), (address, count) =>
      new MLP(this, this.exports.leibniz_mlp(inputs, address, count, row, seed), inputs, layers.at(-1)));
  }

  optimizer(kind, parameters, learningRate) {
    const place = ["sgd", "momentum", "rmsprop", "adam"].indexOf(kind);
    if (place < 0) throw new RangeError(`Leibniz has no optimiser ${kind}.`);
    return this.with(handles(parameters), (address, count) =>
      new Optimizer(this, this.exports.leibniz_optimizer(place, address, count, learningRate)));
  }
}

const handles = (values) => Uint32Array.from(values, (value) => value.handle);

/** An object of the program, released with the object of JavaScript that holds it. */
class Held {
  constructor(leibniz, handle, release) {
    this.leibniz = leibniz;
    this.handle = handle;
    Held.registry.register(this, () => leibniz.exports[release](handle));
  }

  static registry = new FinalizationRegistry((release) => release());
}

class Value extends Held {
  constructor(leibniz, handle) { super(leibniz, handle, "leibniz_release_value"); }

  get data() { return this.leibniz.exports.leibniz_data(this.handle); }
  set data(number) { this.leibniz.exports.leibniz_set_data(this.handle, number); }
  get grad() { return this.leibniz.exports.leibniz_grad(this.handle); }
  zeroGrad() { this.leibniz.exports.leibniz_zero_grad(this.handle); }
  backward(seed = 1) { this.leibniz.exports.leibniz_backward(this.handle, seed); }
  recompute() { this.leibniz.exports.leibniz_recompute(this.handle); }

  add(other) { return this.leibniz.apply("+", this, other); }
  subtract(other) { return this.leibniz.apply("-", this, other); }
  multiply(other) { return this.leibniz.apply("*", this, other); }
  divide(other) { return this.leibniz.apply("/", this, other); }
  power(other) { return this.leibniz.apply("power", this, other); }
  /** A function of one argument by its name in the table: `x.apply("tanh")`. */
  apply(name) { return this.leibniz.apply(name, this); }
}

class Program extends Held {
  constructor(leibniz, output, inputs, parameters) {
    const handle = leibniz.with(handles(inputs), (input, inputCount) =>
      leibniz.with(handles(parameters), (parameter, parameterCount) =>
        leibniz.exports.leibniz_program(output.handle, input, inputCount, parameter, parameterCount)));
    if (handle === 0) throw new Error(leibniz.text());
    super(leibniz, handle, "leibniz_release_program");
    this.width = inputs.length;
  }

  /** The output for each sample. */
  run(samples) {
    const flat = Float64Array.from(samples.flat());
    const results = new Float64Array(samples.length);
    return this.leibniz.with(flat, (address) =>
      this.leibniz.with(results, (output) => {
        const { leibniz_run } = this.leibniz.exports;
        if (!leibniz_run(this.handle, address, samples.length, this.width, output))
          throw new Error(this.leibniz.text());
        return Array.from(new Float64Array(this.leibniz.memory.buffer, output, samples.length));
      }));
  }

  /** The mean loss of the samples; adds its gradient to the parameters'. */
  backward(samples) {
    return this.leibniz.with(Float64Array.from(samples.flat()), (address) => {
      const { leibniz_run_backward } = this.leibniz.exports;
      return leibniz_run_backward(this.handle, address, samples.length, this.width);
    });
  }
}

class MLP extends Held {
  constructor(leibniz, handle, inputs, outputs) {
    super(leibniz, handle, "leibniz_release_mlp");
    this.inputs = inputs;
    this.outputs = outputs;
    const count = leibniz.exports.leibniz_mlp_parameter_count(handle);
    this.parameters = leibniz.with(new Uint32Array(count), (address) => {
      leibniz.exports.leibniz_mlp_parameters(handle, address);
      return Array.from(
        new Uint32Array(leibniz.memory.buffer, address, count), (each) => new Value(leibniz, each));
    });
  }

  /** The outputs for one sample of values. */
  apply(sample) {
    const { leibniz, handle, outputs } = this;
    if (sample.length !== this.inputs)
      throw new RangeError(`The network has ${this.inputs} inputs; the sample ${sample.length} numbers.`);
    return leibniz.with(handles(sample), (input, count) =>
      leibniz.with(new Uint32Array(outputs), (output) => {
        leibniz.exports.leibniz_mlp_apply(handle, input, count, output);
        return Array.from(
          new Uint32Array(leibniz.memory.buffer, output, outputs), (each) => new Value(leibniz, each));
      }));
  }
}

class Optimizer extends Held {
  constructor(leibniz, handle) { super(leibniz, handle, "leibniz_release_optimizer"); }
  step() { this.leibniz.exports.leibniz_step(this.handle); }
  zeroGrad() { this.leibniz.exports.leibniz_optimizer_zero_grad(this.handle); }
  set learningRate(rate) { this.leibniz.exports.leibniz_set_learning_rate(this.handle, rate); }
}
