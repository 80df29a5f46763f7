"""Runs exported StableHLO in JAX and holds it against Leibniz's numbers.

    python3 Tests/Tools/check_jax.py DIRECTORY [NAME…]

XLA's processor code takes subnormal numbers for 0. So rows of the table are compared at samples
without them, and numbers below 1e-290 count as 0.
"""

import sys

import jax
import jax.numpy as jnp
import leibniz_jax
import numpy
from exported_cases import cases, require
from jax.sharding import Mesh, NamedSharding, PartitionSpec

TABLES = ("unary", "binary", "list")
SMALLEST = numpy.finfo(float).tiny


def check(directory, name, numbers):
    samples = numbers["samples"]
    keep = ~numpy.any((samples != 0) & (abs(samples) < SMALLEST), axis=1)
    isTable = name.split("_")[0] in TABLES
    values, slopes = (1e-13, 1e-11) if isTable else (1e-13, 1e-13)

    def compare(what, found, expected, limit):
        found, expected = numpy.asarray(found), numpy.asarray(expected)
        if expected.ndim == 2 and len(expected) == len(samples):
            found, expected = found[keep], expected[keep]
        if not isTable:
            # Relative to the largest, for sums over the batch cancel: as numbers from 1 to 3.
            scale = abs(expected).max(initial=1e-290)
            found, expected = found / scale + 2, expected / scale + 2
        return require(name, what, found, expected, limit)

    worst = 0
    program = leibniz_jax.load(f"{directory}/{name}.values.mlir")
    worst = max(worst, compare("values", program(numbers["parameters"], samples), numbers["values"], values))
    if "loss" in numbers:
        program = leibniz_jax.load(f"{directory}/{name}.mlir")
        loss, *gradients = program(numbers["parameters"], samples)
        if not isTable:
            worst = max(worst, compare("loss", loss, numbers["loss"], values))
        keys = [key for key in ("gradient", "input_gradients") if key in numbers]
        for key, gradient in zip(keys, gradients, strict=True):
            worst = max(worst, compare(key, gradient, numbers[key], slopes))
    print(f"{name}: JAX {jax.__version__} agrees to {worst:.1e}", flush=True)


def check_uses(directory):
    """A program under the transformations of JAX, and its errors."""
    numbers = dict(cases(directory))["moons"]
    parameters, samples = jnp.asarray(numbers["parameters"]), jnp.asarray(numbers["samples"])
    program = leibniz_jax.load(f"{directory}/moons.mlir")
    gradient = numbers["gradient"]
    close = lambda a, b: numpy.testing.assert_allclose(a, b, rtol=1e-11, atol=1e-13)
    close(jax.jit(program)(parameters, samples)[1], gradient)
    close(jax.grad(program.loss)(parameters, samples), gradient)
    close(jax.grad(program.loss, argnums=1)(parameters, samples), numbers["input_gradients"])
    close(jax.grad(lambda p: 3 * program.loss(p, samples) ** 2)(parameters), 6 * numbers["loss"] * gradient)

    def body(parameters, _):
        loss, gradient, _ = program(parameters, samples)
        return parameters - 0.1 * gradient, loss

    _, losses = jax.lax.scan(body, parameters, None, length=3)
    close(losses[0], numbers["loss"])
    assert losses[2] < losses[0], losses
    mesh = Mesh(numpy.array(jax.devices()[:1]), ("batch",))
    part, whole = PartitionSpec("batch"), PartitionSpec()
    mapped = jax.shard_map(
        lambda p, x: jax.lax.pmean(program(p, x)[1], "batch"),
        mesh=mesh, in_specs=(whole, part), out_specs=whole, check_vma=False,
    )
    close(mapped(parameters, samples), gradient)
    placed = jax.device_put(samples, NamedSharding(mesh, part))
    close(program(parameters, placed)[1], gradient)

    def message(action):
        try:
            action()
        except ValueError as error:
            return str(error)
        raise SystemExit("A mistake was not noticed.")

    assert "357" not in message(lambda: program(parameters[:3], samples))
    assert "rows of 3" in message(lambda: program(parameters, samples[:, :2]))
    forward = leibniz_jax.load(f"{directory}/moons.values.mlir")
    assert "mean loss" in message(lambda: forward.loss(parameters, samples))
    jax.config.update("jax_enable_x64", False)
    assert "jax_enable_x64" in message(lambda: program(parameters, samples))
    print("jit, grad, scan, shard_map and shardings agree; mistakes are told")


def main():
    jax.config.update("jax_enable_x64", True)
    directory, names = sys.argv[1], sys.argv[2:]
    for name, numbers in cases(directory):
        if not names or name in names:
            check(directory, name, numbers)
    check_uses(directory)


main()
