// The types of leibniz.js: scalar automatic differentiation in WebAssembly.
//
//     const leibniz = await Leibniz.load(bytes);          // of the build's leibniz.wasm
//     const a = leibniz.value(2), b = leibniz.value(-3);
//     const y = a.multiply(b).add(a.power(2));
//     y.backward();
//     a.grad;                                             // 1

/** A number that remembers where it came from. */
export interface Value {
  /** The number; it can be set on variables. */
  data: number;
  /** The derivative of the value whose `backward` was called with respect to this one. */
  readonly grad: number;
  zeroGrad(): void;
  /** Computes the derivative with respect to every variable below, times `seed`. */
  backward(seed?: number): void;
  /** Evaluates the graph below anew, after variables changed. */
  recompute(): void;
  add(other: Value | number): Value;
  subtract(other: Value | number): Value;
  multiply(other: Value | number): Value;
  divide(other: Value | number): Value;
  power(other: Value | number): Value;
  /** A function of one argument by its name in the table: `x.apply("tanh")`. */
  apply(name: string): Value;
}

/** A graph compiled for many samples. */
export interface Program {
  /** How many numbers a sample has. */
  readonly width: number;
  /** The output for each sample. Throws where the samples do not fit. */
  run(samples: number[][]): number[];
  /** The mean output; adds its gradient to the parameters'. */
  backward(samples: number[][]): number;
}

/** A multi-layer perceptron. */
export interface MLP {
  readonly inputs: number;
  readonly outputs: number;
  /** Neuron by neuron: the weights, then the bias. */
  readonly parameters: Value[];
  apply(sample: Value[]): Value[];
}

/** What changes parameters by their gradients. */
export interface Optimizer {
  learningRate: number;
  step(): void;
  zeroGrad(): void;
}

/** The library, running. */
export class Leibniz {
  static load(bytes: BufferSource): Promise<Leibniz>;
  /** The names of the table's functions. */
  readonly functions: { unary: string[]; binary: string[]; nary: string[] };
  /** A variable. */
  value(data: number): Value;
  /** A number that no gradient flows to. */
  constant(data: number): Value;
  /** A function of the table by its name. */
  apply(name: string, ...operands: (Value | number)[]): Value;
  /** Compiles a graph; variables that are not inputs are parameters, those named first. */
  program(output: Value, inputs: Value[], parameters?: Value[]): Program;
  mlp(inputs: number, layers: number[], options?: { activation?: string; seed?: number }): MLP;
  optimizer(kind: "sgd" | "momentum" | "rmsprop" | "adam", parameters: Value[], learningRate: number): Optimizer;
}
