// What Embedded Swift asks of its host, memory and elementary functions, and the checks of the
// gradients that come back.   node host.mjs program.wasm
import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";

// erf(x) = 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, of positive terms alone.
function erf(x) {
  let term = x, sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

let memory, unused, blocksInUse = 0;
const sizes = new Map(), freed = new Map();

const host = {
  posix_memalign(result, alignment, size) {
    const rounded = Math.max(16, (size + 15) & ~15);
    let block = freed.get(rounded)?.pop();
    if (block === undefined) {
      const step = Math.max(16, alignment);
      block = Math.ceil(unused / step) * step;
      unused = block + rounded;
      const missing = unused - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / 65536));
      sizes.set(block, rounded);
    }
    new DataView(memory.buffer).setUint32(result, block, true);
    blocksInUse += 1;
    return 0;
  },
  free(block) {
    if (block === 0) return;
    const size = sizes.get(block);
    if (size === undefined) throw new Error(`free(${block}) of what was not allocated`);
    if (!freed.has(size)) freed.set(size, []);
    freed.get(size).push(block);
    blocksInUse -= 1;
  },
  memcpy: (to, from, n) => (new Uint8Array(memory.buffer).copyWithin(to, from, from + n), to),
  memmove: (to, from, n) => (new Uint8Array(memory.buffer).copyWithin(to, from, from + n), to),
  memset: (to, byte, n) => (new Uint8Array(memory.buffer).fill(byte, to, to + n), to),
  arc4random_buf: (at, n) => randomFillSync(new Uint8Array(memory.buffer, at, n)),
  __stack_chk_fail() { throw new Error("the stack was overwritten"); },
  erf, erfc: (x) => 1 - erf(x),
};
const elementary = ["exp", "log", "log1p", "expm1", "sin", "cos", "tan", "asin", "acos", "atan",
  "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "pow", "atan2"];
for (const name of elementary) host[name] = Math[name];

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), { env: host });
const swift = instance.exports;
memory = swift.memory;
unused = swift.__heap_base.value;

let failures = 0;
function check(what, actual, expected, tolerance) {
  if (Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance) return;
  console.error(`${what} is ${actual} instead of ${expected}`);
  failures += 1;
}

check("g", swift.value(-4, 2), 24.7041, 5e-5);
check("∂g/∂a", swift.derivativeByA(-4, 2), 138.8338, 5e-5);
check("∂g/∂b", swift.derivativeByB(-4, 2), 645.5773, 5e-5);
check("∂g/∂b by a program", swift.compiledDerivativeByB(-4, 2), 645.5773, 5e-5);

for (let row = 0; row < swift.rows(); row++) {
  for (const x of [-1.5, -0.5, 0.5, 2]) {
    const tangent = swift.tangent(row, x);
    check(`row ${row} at ${x}`, swift.slope(row, x), tangent, 1e-12 * Math.abs(tangent));
  }
}

const before = blocksInUse;
for (let i = 0; i < 10000; i++) swift.derivativeByA(-4, 2);
check("blocks in use after 10,000 gradients", blocksInUse, before, 0);

if (failures > 0) process.exit(1);
console.log("The WebAssembly program has the gradients of the README expression.");
