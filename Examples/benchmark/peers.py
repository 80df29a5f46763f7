"""Measures micrograd, PyTorch and JAX on the benchmark's work; prints the figures as JSON."""

import json
import statistics
import sys
import time

import jax
import jax.numpy as jnp
import torch
from micrograd.engine import Value

work = json.load(open(sys.argv[1]))
figures = []


def measure(name, unit, scale, body, runs, repeats=9, check=None):
    body()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in range(runs):
            body()
        times.append((time.perf_counter() - start) / runs * scale)
    figures.append(
        dict(name=name, unit=unit, median=statistics.median(times), fastest=min(times),
             slowest=max(times), check=check))


def layers(parameters=work["parameters"], sizes=((2, 16), (16, 16), (16, 1))):
    """The parameters as matrices and biases, from neuron by neuron."""
    flat, result = iter(map(float, parameters)), []
    for inputs, outputs in sizes:
        rows = [[next(flat) for _ in range(inputs + 1)] for _ in range(outputs)]
        result.append(([row[:-1] for row in rows], [row[-1] for row in rows]))
    return result


def tiny_micrograd():
    a, b = Value(-41.0), Value(2.0)
    g = ((a + b) - (a * b + b**3)) ** 2 / 2
    g.backward()
    return g.data


measure("tiny, micrograd", "ns", 1e9, tiny_micrograd, 2000, check=tiny_micrograd())


def micrograd_network():
    return [([[Value(w) for w in row] for row in ws], [Value(b) for b in bs]) for ws, bs in layers()]


def micrograd_step(network):
    losses = []
    for point, label in zip(work["points"], work["labels"]):
        h = [Value(x) for x in point]
        for depth, (ws, bs) in enumerate(network):
            h = [sum((w * x for w, x in zip(row, h)), b) for row, b in zip(ws, bs)]
            if depth < 2:
                h = [x.relu() for x in h]
        losses.append((1 + -label * h[0]).relu())
    parameters = [p for ws, bs in network for row, b in zip(ws, bs) for p in row + [b]]
    loss = sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in parameters)
    for p in parameters:
        p.grad = 0
    loss.backward()
    for p in parameters:
        p.data -= work["rate"] * p.grad
    return loss.data


sys.setrecursionlimit(10**6)
network = micrograd_network()
measure("moons step, micrograd", "µs", 1e6, lambda: micrograd_step(network), 1, repeats=3,
        check=micrograd_step(micrograd_network()))

torch.set_default_dtype(torch.float64)
points = torch.tensor(work["points"], dtype=torch.float64)
labels = torch.tensor(work["labels"], dtype=torch.float64).reshape(-1, 1)


def torch_network(network, rate):
    modules = []
    for ws, bs in network:
        layer = torch.nn.Linear(len(ws[0]), len(ws))
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(ws))
            layer.bias.copy_(torch.tensor(bs))
        modules += [layer, torch.nn.ReLU()]
    net = torch.nn.Sequential(*modules[:-1])
    return net, torch.optim.SGD(net.parameters(), lr=rate)


def torch_step(net, optimizer):
    optimizer.zero_grad()
    loss = torch.relu(1 - labels * net(points)).mean()
    loss = loss + 1e-4 * sum((p * p).sum() for p in net.parameters())
    loss.backward()
    optimizer.step()
    return loss.item()


torch.set_num_threads(1)
state = torch_network(layers(), work["rate"])
measure("moons step, PyTorch eager", "µs", 1e6, lambda: torch_step(*state), 100,
        check=torch_step(*torch_network(layers(), work["rate"])))

images, classes, size = torch.tensor(work["images"]), torch.tensor(work["classes"]), work["batch"]
digits, digits_optimizer = torch_network(
    layers(work["digitsParameters"], ((64, 32), (32, 10))), work["digitsRate"])


def torch_loss(start):
    logits = digits(images[start:start + size])
    return torch.nn.functional.cross_entropy(logits, classes[start:start + size])


def torch_epoch():
    for start in range(0, len(images), size):
        digits_optimizer.zero_grad()
        torch_loss(start).backward()
        digits_optimizer.step()


measure("digits epoch, PyTorch eager", "ms", 1e3, torch_epoch, 3, check=torch_loss(0).item())



def torch_epochs(name, modules, loss, samples, targets, scale=1e3):
    """An epoch in batches, from the parameters that the modules have."""
    parameters = [p for module in modules for p in module.parameters()]
    optimizer, size = torch.optim.SGD(parameters, lr=work["modelRate"]), work["modelBatch"]
    first = loss(samples[:size], targets[:size]).item()

    def epoch():
        for start in range(0, len(samples), size):
            optimizer.zero_grad()
            loss(samples[start:start + size], targets[start:start + size]).backward()
            optimizer.step()

    measure(name, "ms", scale, epoch, 1, repeats=7, check=first)


def recurrent_epochs():
    sizes = ((49, 48), (49, 48), (1, 48), (48, 48), (48, 1))
    (rw, rb), (zw, zb), (nw, nb), (uw, ub), (hw, hb) = (
        (torch.tensor(w), torch.tensor(b)) for w, b in layers(work["recurrentParameters"], sizes))
    gru, head, zero = torch.nn.GRU(1, 48, batch_first=True), torch.nn.Linear(48, 1), torch.zeros(48)
    with torch.no_grad():
        gru.weight_ih_l0.copy_(torch.cat([rw[:, :1], zw[:, :1], nw]))
        gru.weight_hh_l0.copy_(torch.cat([rw[:, 1:], zw[:, 1:], uw]))
        gru.bias_ih_l0.copy_(torch.cat([rb, zb, nb]))
        gru.bias_hh_l0.copy_(torch.cat([zero, zero, ub]))
        head.weight.copy_(hw)
        head.bias.copy_(hb)

    def loss(windows, targets):
        return ((head(gru(windows)[1][0])[:, 0] - targets) ** 2).mean()

    torch_epochs("GRU epoch, PyTorch nn.GRU", [gru, head], loss,
                 torch.tensor(work["windows"]).unsqueeze(-1), torch.tensor(work["next"]))


def convolution_epochs():
    net = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(16, 32, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    with torch.no_grad():
        for parameter, numbers in zip(net.parameters(), work["convolutionTensors"]):
            parameter.copy_(torch.tensor(numbers).reshape(parameter.shape))

    def loss(batch, labels):
        return torch.nn.functional.cross_entropy(net(batch), labels)

    torch_epochs("convolution epoch, PyTorch eager", [net], loss,
                 images.reshape(-1, 1, 8, 8), classes)


recurrent_epochs()
convolution_epochs()

jax.config.update("jax_enable_x64", True)
jax_points, jax_labels = jnp.array(work["points"], dtype=float), jnp.array(work["labels"], dtype=float).reshape(-1, 1)


def jax_loss(network):
    h = jax_points
    for depth, (w, b) in enumerate(network):
        h = h @ w.T + b
        h = jax.nn.relu(h) if depth < 2 else h
    penalty = sum((w * w).sum() + (b * b).sum() for w, b in network)
    return jax.nn.relu(1 - jax_labels * h).mean() + 1e-4 * penalty


def jax_step(network):
    loss, gradient = jax.value_and_grad(jax_loss)(network)
    return loss, jax.tree_util.tree_map(lambda p, g: p - work["rate"] * g, network, gradient)


compiled = jax.jit(jax_step)
fused = jax.jit(lambda n: jax.lax.fori_loop(0, 1000, lambda _, n: jax_step(n)[1], n))
start = [(jnp.array(w), jnp.array(b)) for w, b in layers()]
network = start


def jax_call():
    global network
    loss, network = compiled(network)
    jax.block_until_ready(network)


def jax_loop():
    global network
    network = jax.block_until_ready(fused(network))


measure("moons step, JAX jit call", "µs", 1e6, jax_call, 200, check=float(compiled(start)[0]))
measure("moons step, JAX in a fused loop", "µs", 1e3, jax_loop, 1,  # a run is 1,000 steps
        check=float(jax_loss(start)))


def jax_product(network, direction):
    return jax.jvp(jax.grad(jax_loss), (network,), (direction,))[1]


direction = [(jnp.array(w), jnp.array(b)) for w, b in
             layers(1 / (i + 1) for i in range(len(work["parameters"])))]
products = jax.jit(lambda v: jax.lax.fori_loop(  # each direction depends on the product before
    0, 1000, lambda _, v: jax.tree_util.tree_map(
        lambda a, b: a + 1e-9 * b, v, jax_product(start, v)), v))
measure("moons Hessian-vector product, JAX in a fused loop", "µs", 1e3,
        lambda: jax.block_until_ready(products(direction)), 1,
        check=float(jax_product(start, direction)[0][0][0, 0]))

heat_points = jnp.array(work["heatPoints"])


def heat_loss(network):
    def u(x, t):
        h = jnp.array([x, t])
        for depth, (w, b) in enumerate(network):
            h = w @ h + b
            h = jnp.tanh(h) if depth < 2 else h
        return h[0]

    def residual(point):
        x, t = point
        return jax.grad(u, 1)(x, t) - jax.grad(jax.grad(u))(x, t)

    return (jax.vmap(residual)(heat_points) ** 2).mean()


@jax.jit
def heat_step(network, mean, size, count):
    loss, gradient = jax.value_and_grad(heat_loss)(network)
    mean = jax.tree_util.tree_map(lambda m, g: 0.9 * m + 0.1 * g, mean, gradient)
    size = jax.tree_util.tree_map(lambda s, g: 0.999 * s + 0.001 * g * g, size, gradient)
    network = jax.tree_util.tree_map(
        lambda p, m, s: p - work["heatRate"] * (m / (1 - 0.9**count))
        / (jnp.sqrt(s / (1 - 0.999**count)) + 1e-8), network, mean, size)
    return network, mean, size, count + 1, loss


heat = [(jnp.array(w), jnp.array(b)) for w, b in
        layers(work["heatParameters"], ((2, 20), (20, 20), (20, 1)))]
zeros = jax.tree_util.tree_map(jnp.zeros_like, heat)
heat_state = heat_step(heat, zeros, zeros, 1.0)
first_heat_loss = float(heat_state[-1])


def heat_call():
    global heat_state
    heat_state = jax.block_until_ready(heat_step(*heat_state[:-1]))


measure("heat equation step, JAX jit call", "µs", 1e6, heat_call, 200, check=first_heat_loss)

json.dump(figures, sys.stdout)
