"""Measures exported programs in JAX beside JAX's own, and in C; prints the figures as JSON."""

import ctypes
import json
import statistics
import subprocess
import sys
import time

work = json.load(open(sys.argv[1]))
sys.path.insert(0, work["loader"])

import jax
import jax.numpy as jnp
import leibniz_jax
import numpy as np

jax.config.update("jax_enable_x64", True)
figures = []


def report(name, unit, times, check=None):
    figures.append(
        dict(name=name, unit=unit, median=statistics.median(times), fastest=min(times),
             slowest=max(times), check=check))


def network(p, x, widths):
    """Layer by layer, neuron by neuron: the weights, then the bias."""
    start = 0
    for i, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layer = p[start:start + outputs * (inputs + 1)].reshape(outputs, inputs + 1)
        start += layer.size
        x = x @ layer[:, :-1].T + layer[:, -1]
        if i + 2 < len(widths):
            x = jax.nn.relu(x)
    return x


def moons(p, x):
    return jax.nn.relu(1 - x[:, 2] * network(p, x[:, :2], (2, 16, 16, 1))[:, 0]).mean()


def digits(p, x):
    logits, labels = network(p, x[:, :64], (64, 64, 10)), x[:, 64].astype(int)
    chosen = jnp.take_along_axis(logits, labels[:, None], 1)[:, 0]
    return (jax.nn.logsumexp(logits, axis=1) - chosen).mean()


def compiled(function, *arguments):
    """The function for these shapes, and the seconds that XLA took."""
    lowered = jax.jit(function).lower(*arguments)
    start = time.perf_counter()
    program = lowered.compile()
    return program, time.perf_counter() - start


def seconds(runs, body):
    start = time.perf_counter()
    for _ in range(runs):
        jax.block_until_ready(body())
    return (time.perf_counter() - start) / runs


def numbers(name):
    data = json.load(open(f"{work['folder']}/{name}.json"))
    return np.array(data["parameters"][0]), np.array(data["samples"])


def compile_times(name, p, x, own):
    program = leibniz_jax.load(f"{work['folder']}/{name}.mlir")
    # Another number of samples each time: nothing is kept from the last.
    sizes = [np.resize(x, (count, x.shape[1])) for count in (7, 8, 9)]
    report(f"{name} compile, XLA of the module", "s", [compiled(program, p, rows)[1] for rows in sizes])
    if own:
        gradient = jax.value_and_grad(own)
        report(f"{name} compile, XLA of JAX's own", "s", [compiled(gradient, p, rows)[1] for rows in sizes])


def beside(name, own, count, runs):
    """Both in turns: what else the machine does hits both."""
    p, x = numbers(name)
    x = jnp.asarray(np.resize(x, (count, x.shape[1])))
    p = jnp.asarray(p)
    module, _ = compiled(leibniz_jax.load(f"{work['folder']}/{name}.mlir"), p, x)
    jitted, _ = compiled(jax.value_and_grad(own), p, x)
    check = float(jitted(p, x)[0])
    times = ([], [])
    for _ in range(31):
        for program, list in zip((module, jitted), times):
            list.append(1e3 * seconds(runs, lambda: program(p, x)))
    report(f"{name} gradient of {count}, module in JAX", "ms", times[0], float(module(p, x)[0]))
    report(f"{name} gradient of {count}, JAX jit", "ms", times[1], check)
    print(f"  {name} of {count}: module / JAX's own, fastest {min(times[0]) / min(times[1]):.3f}, "
          f"median {statistics.median(times[0]) / statistics.median(times[1]):.3f}", file=sys.stderr)


def in_c(name, count):
    p, x = numbers(name)
    x = np.ascontiguousarray(np.resize(x, (count, x.shape[1])))
    library = f"{work['folder']}/{name}.so"
    subprocess.run(
        ["cc", "-O3", "-march=native", "-shared", "-fPIC", f"{work['folder']}/{name}.c", "-o", library,
         "-lm"], check=True)
    functions = ctypes.CDLL(library)
    workspace = getattr(functions, f"{name}_workspace")
    gradient = getattr(functions, f"{name}_gradient")
    workspace.restype, gradient.restype = ctypes.c_size_t, ctypes.c_double
    slopes, room = np.empty(p.size), np.empty(workspace())
    arguments = [p.ctypes, x.ctypes, ctypes.c_size_t(count), slopes.ctypes, room.ctypes]
    arguments = [getattr(a, "data_as", lambda _: a)(ctypes.c_void_p) for a in arguments]
    loss = gradient(*arguments)
    report(f"{name} gradient of {count}, C -O3 -march=native", "ms",
           [1e3 * seconds(1, lambda: gradient(*arguments)) for _ in range(15)], loss)


jax.jit(lambda x: x + 1)(jnp.zeros(3))  # the first compilation starts the compiler
for name, own in (("moons", moons), ("digits", digits), ("microgpt", None)):
    compile_times(name, *numbers(name), own)
for name, own in (("moons", moons), ("digits", digits)):
    in_c(name, 100_000)
    beside(name, own, 100, 200)
    beside(name, own, 100_000, 1)
json.dump(figures, sys.stdout)
