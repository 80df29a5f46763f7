"""Runs programs that Leibniz exported as StableHLO in JAX. Copy this file; it needs JAX alone.

    import jax, leibniz_jax
    jax.config.update("jax_enable_x64", True)
    program = leibniz_jax.load("moons.mlir")
    loss, gradient = program(parameters, samples)        # any number of samples
    jax.grad(program.loss)(parameters, samples)          # the gradient again

A program is a function of JAX like others: it works under jit, shard_map and scan, and on arrays
with shardings, where JAX divides the batch among devices. Tested with JAX 0.7.2 and 0.10.2.
"""

import dataclasses
import functools
import re

import jax
import jax.export
import jax.numpy as jnp
from jax.extend import mlir

TYPES = {"f64": jnp.float64, "f32": jnp.float32}


def load(path):
    """The program in a file."""
    with open(path, encoding="utf-8") as file:
        return Program(file.read())


class Program:
    """A function of parameters and samples, for any number of samples.

    Called, it gives what the module gives: a value, or a tuple of several. Each number of samples is
    compiled once.
    """

    def __init__(self, text):
        self.text = text
        head = re.search(r"@main\((.*)\) -> \((.*)\) \{", text)
        if head is None:
            raise ValueError("This is no module that Leibniz wrote: there is no @main.")
        arguments, results = (
            [t.split("x") for t in re.findall(r"tensor<([^>]*)>", part)] for part in head.groups()
        )
        (self.parameter_count, _), (_, self.sample_width, number) = arguments
        self.parameter_count, self.sample_width = int(self.parameter_count), int(self.sample_width)
        self.dtype = TYPES[number]
        self.results = [shape[:-1] for shape in results]
        self._compiled = functools.cache(self._compile)
        self.loss = jax.custom_vjp(lambda parameters, samples: self._forward(parameters, samples)[0])
        self.loss.defvjp(self._forward, self._backward)

    def __call__(self, parameters, samples):
        parameters, samples = self._checked(parameters, samples)
        results = self._compiled(samples.shape[0]).call(parameters, samples)
        return results[0] if len(results) == 1 else tuple(results)

    def _checked(self, parameters, samples):
        if self.dtype == jnp.float64 and not jax.config.jax_enable_x64:
            raise ValueError(
                "The program computes with 64 bits, which JAX does not by default: "
                'call jax.config.update("jax_enable_x64", True) first.'
            )
        parameters, samples = (jnp.asarray(x, self.dtype) for x in (parameters, samples))
        if parameters.shape != (self.parameter_count,):
            raise ValueError(
                f"The program has {self.parameter_count} parameters in one row; "
                f"they were given in the shape {parameters.shape}."
            )
        if samples.ndim != 2 or samples.shape[1] != self.sample_width or samples.shape[0] == 0:
            raise ValueError(
                f"The program takes rows of {self.sample_width} numbers, one row at least; "
                f"the samples were given in the shape {samples.shape}."
            )
        return parameters, samples

    def _compile(self, count):
        def shape(dims):
            dims = tuple(count if dim == "?" else int(dim) for dim in dims)
            return jax.ShapeDtypeStruct(dims, self.dtype)

        def stub(parameters, samples):
            return tuple(jnp.zeros(shape(dims).shape, self.dtype) for dims in self.results)

        arguments = (shape([self.parameter_count]), shape(["?", self.sample_width]))
        # What is exported of the stub is its types: the module takes the place of its own.
        exported = jax.export.export(jax.jit(stub, keep_unused=True))(*arguments)
        bytes = mlir.serialize_portable_artifact(self.text.replace("?", str(count)), "1.0.0")
        return dataclasses.replace(exported, mlir_module_serialized=bytes)

    # The module's first result is the loss and the second its gradient; a third is the gradient with
    # respect to the samples.

    def _forward(self, parameters, samples):
        if not self.results or self.results[0] or len(self.results) < 2:
            raise ValueError("The program was exported without its mean loss and a gradient.")
        loss, *gradients = self(parameters, samples)
        return loss, (gradients, jnp.asarray(samples))

    def _backward(self, kept, cotangent):
        gradients, samples = kept
        shares = {gradient.ndim: cotangent * gradient for gradient in gradients}
        missing = jnp.full_like(samples, jnp.nan)
        return (
            shares.get(1, jnp.full((self.parameter_count,), jnp.nan, self.dtype)),
            shares.get(2, missing),
        )
