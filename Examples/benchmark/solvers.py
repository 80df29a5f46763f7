"""Measures SciPy, NumPy and JAX on the benchmark's fits; prints the figures as JSON."""

import json
import statistics
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
from scipy.optimize import least_squares, minimize
from scipy.sparse import csr_matrix

jax.config.update("jax_enable_x64", True)
work = json.load(open(sys.argv[1]))
figures = []


def measure(name, unit, scale, body, repeats, check=None):
    body()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        body()
        times.append((time.perf_counter() - start) * scale)
    figures.append(
        dict(name=name, unit=unit, median=statistics.median(times), fastest=min(times),
             slowest=max(times), check=check))


cameras, indices, seen = work["cameras"], np.array(work["indices"]), np.array(work["seen"])
start = np.array(work["start"])


def reprojection(p, seen):
    axis, point = p[:3], p[9:12]
    angle = jnp.sqrt(axis @ axis + 1e-24)
    sine, cosine = jnp.sin(angle) / angle, jnp.cos(angle)
    share = (axis @ point) * (1 - cosine) / (angle * angle)
    place = point * cosine + jnp.cross(axis, point) * sine + axis * share + p[3:6]
    uv = -place[:2] / place[2]
    square = uv @ uv
    return p[6] * (1 + square * (p[7] + square * p[8])) * uv - seen


residuals = jax.jit(lambda x: jax.vmap(reprojection)(x[indices], seen).reshape(-1))
blocks = jax.jit(lambda x: jax.vmap(jax.jacfwd(reprojection))(x[indices], seen))
rows = np.repeat(np.arange(2 * len(indices)), 12)
columns = np.repeat(indices, 2, axis=0).reshape(-1)


def jacobian(x):
    return csr_matrix(
        (np.asarray(blocks(x)).reshape(-1), (rows, columns)), shape=(2 * len(indices), len(start)))


def fit():
    return least_squares(
        lambda x: np.asarray(residuals(x)), start, jac=jacobian, method="trf", x_scale="jac",
        tr_solver="lsmr", ftol=1e-10, xtol=1e-12, gtol=1e-12)


measure("calibration Jacobian, JAX and SciPy", "ms", 1e3, lambda: jacobian(start), 9)
measure("calibration, SciPy with JAX", "ms", 1e3, fit, 3, check=float(fit().cost))


@jax.jit
def valley(x):
    return jnp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


gradient = jax.jit(jax.grad(valley))
product = jax.jit(lambda x, p: jax.jvp(jax.grad(valley), (x,), (p,))[1])
valley_start = np.array(work["valleyStart"])


def newton():
    return minimize(
        lambda x: float(valley(x)), valley_start, jac=lambda x: np.asarray(gradient(x)),
        hessp=lambda x, p: np.asarray(product(x, p)), method="trust-ncg",
        options=dict(gtol=1e-10, maxiter=100_000))


measure("valley of 1,000, SciPy trust-ncg with JAX", "ms", 1e3, newton, 3)
print("trust-ncg:", newton().fun, newton().nit, newton().nhev, file=sys.stderr)

@jax.jit
def three_products(x):
    # Columns three apart have no row in common.
    seeds = jnp.arange(len(x)) % 3 == jnp.arange(3)[:, None]
    return jax.vmap(lambda p: jax.jvp(jax.grad(valley), (x,), (p,))[1])(seeds.astype(x.dtype))


long = 1 + 0.1 * (np.arange(100_000) % 7)
near = np.clip(np.arange(100_000)[:, None] + np.array([-1, 0, 1]), 0, 99_999)
hessian_rows = np.repeat(np.arange(100_000), 3)


def hessian():
    products = np.asarray(three_products(long))
    values = products[near % 3, np.arange(100_000)[:, None]]
    values[0, 0] = values[-1, -1] = 0
    return csr_matrix((values.reshape(-1), (hessian_rows, near.reshape(-1))))


measure("Hessian of 100,000, JAX along three colours", "ms", 1e3, hessian, 9)


def accelerated(s):
    a, b, u, v = s
    sine, cosine = jnp.sin(a - b), jnp.cos(a - b)
    scale = 1 / (4 - 2 * cosine * cosine)
    first = 3 * 9.81 * jnp.sin(a) + 9.81 * jnp.sin(a - 2 * b)
    second = 2 * 9.81 * jnp.cos(a) + 2 * u * u + v * v * cosine
    pull = 2 * sine * (v * v + u * u * cosine)
    return jnp.array([u, v, -(first + pull) * scale, 2 * sine * second * scale])


def runge_kutta(s, _):
    h = 1e-5
    k1 = accelerated(s)
    k2 = accelerated(s + h / 2 * k1)
    k3 = accelerated(s + h / 2 * k2)
    k4 = accelerated(s + h * k3)
    return s + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4), None


pendulum_start = jnp.array([0.5, -0.3, 0.0, 0.2])
simulation = jax.jit(lambda s: jax.lax.scan(runge_kutta, s, None, length=1_000_000)[0])
# A state in a thousand is kept, and the steps between are taken again.
thousand = jax.checkpoint(lambda s, _: (jax.lax.scan(runge_kutta, s, None, length=1000)[0], None))
end_gradient = jax.jit(
    jax.grad(lambda s: jax.lax.scan(thousand, s, None, length=1000)[0][0]))
measure(
    "double pendulum, JAX scan", "ms", 1e3, lambda: np.asarray(simulation(pendulum_start)), 3,
    check=float(simulation(pendulum_start)[0]))
measure(
    "double pendulum with gradient, JAX scan and checkpoints", "ms", 1e3,
    lambda: np.asarray(end_gradient(pendulum_start)), 2,
    check=float(end_gradient(pendulum_start)[0]))

json.dump(figures, sys.stdout)
