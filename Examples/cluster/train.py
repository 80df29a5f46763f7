"""Trains the model that the example `cluster` wrote, on all devices of one process or of several.

    python3 train.py DIRECTORY [--processes 2 --process 0]

Samples are divided among the devices and parameters are on each: that is all that JAX is told. Each
step adds the devices' gradients up once. Set XLA_FLAGS=--xla_force_host_platform_device_count=8 for
eight devices on one machine without any.
"""

import argparse

import jax
import numpy
from jax.sharding import NamedSharding, PartitionSpec
from safetensors.numpy import load_file, save_file

import leibniz_jax

parser = argparse.ArgumentParser()
parser.add_argument("directory")
parser.add_argument("--processes", type=int, default=1)
parser.add_argument("--process", type=int, default=0)
parser.add_argument("--coordinator", default="localhost:12355")
arguments = parser.parse_args()

jax.config.update("jax_enable_x64", True)
if arguments.processes > 1:
    jax.config.update("jax_cpu_collectives_implementation", "gloo")
    jax.distributed.initialize(arguments.coordinator, arguments.processes, arguments.process)

mesh = jax.make_mesh((jax.device_count(),), ("batch",))
everywhere = NamedSharding(mesh, PartitionSpec())
divided = NamedSharding(mesh, PartitionSpec("batch"))
start = load_file(f"{arguments.directory}/start.safetensors")
samples = jax.make_array_from_callback(
    start["samples"].shape, divided, lambda part: start["samples"][part]
)
parameters = jax.device_put(start["parameters"], everywhere)
program = leibniz_jax.load(f"{arguments.directory}/model.mlir")


@jax.jit
def step(parameters, samples, rate):
    loss, gradient = program(parameters, samples)
    return loss, parameters - rate * gradient


code = step.lower(parameters, samples, 0.1).compile().as_text()
losses = []
for rate in start["rates"]:
    loss, parameters = step(parameters, samples, rate)
    losses.append(float(loss))
if arguments.process == 0:
    print(f"{jax.device_count()} devices, {jax.process_count()} processes,", end=" ")
    print(f"{code.count(' all-reduce(')} all-reduce and {code.count(' all-gather(')} all-gather a step")
    print(f"loss {losses[0]:.6f} to {losses[-1]:.6f}")
    trained = {"parameters": numpy.asarray(parameters), "losses": numpy.array(losses)}
    save_file(trained, f"{arguments.directory}/trained.safetensors")
