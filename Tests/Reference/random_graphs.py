"""Draws random graphs and has PyTorch compute their values and derivatives in double
precision.

Run as `python random_graphs.py > random_graphs.txt`, with a Python that has PyTorch. The test
PyTorchTests.swift reads the file; each line is a part of a graph:

    graph X0 X1 …          a new graph with its inputs, the places 0, 1, …
    unary NAME A           a step, which has the next place; A, B, … are earlier places
    binary NAME A B        an argument written #X is the plain number X
    nary NAME A B …
    dot A … | B … | BIAS   the bias is a place or nothing
    output A B …           the places whose mean is the graph's output
    value Y                what PyTorch computes
    gradient G0 G1 …
    product P0 P1 …        the Hessian times 1, 1/2, 1/3, …, by differentiating twice
"""

import math
import random

import torch

torch.set_default_dtype(torch.float64)
SMALL = (0.1, 4)
KINK = 1e-6  # no nearer to one: rounding decides on which side of a kink a number is
UNARY = {  # name: (function, interval on which it is smooth and moderate)
    "negate": (torch.neg, (-3, 3)),
    "reciprocal": (torch.reciprocal, SMALL),
    "sqrt": (torch.sqrt, SMALL),
    "exp": (torch.exp, (-3, 3)),
    "log": (torch.log, SMALL),
    "log1p": (torch.log1p, (-0.9, 4)),
    "expm1": (torch.expm1, (-3, 3)),
    "sin": (torch.sin, (-3, 3)),
    "cos": (torch.cos, (-3, 3)),
    "tan": (torch.tan, (-1.3, 1.3)),
    "asin": (torch.asin, (-0.9, 0.9)),
    "acos": (torch.acos, (-0.9, 0.9)),
    "atan": (torch.atan, (-3, 3)),
    "sinh": (torch.sinh, (-3, 3)),
    "cosh": (torch.cosh, (-3, 3)),
    "tanh": (torch.tanh, (-3, 3)),
    "asinh": (torch.asinh, (-3, 3)),
    "acosh": (torch.acosh, (1.1, 4)),
    "atanh": (torch.atanh, (-0.9, 0.9)),
    "erf": (torch.erf, (-3, 3)),
    "erfc": (torch.erfc, (-3, 3)),
    "abs": (torch.abs, (-3, 3)),
    "sign": (torch.sign, (-3, 3)),
    "step": (lambda x: torch.heaviside(x.detach(), torch.tensor(0.0)), (-3, 3)),
    "stopGradient": (lambda x: x.detach(), (-3, 3)),
    "relu": (torch.relu, (-3, 3)),
    "sigmoid": (torch.sigmoid, (-3, 3)),
    "softplus": (lambda x: torch.logaddexp(x, torch.tensor(0.0)), (-3, 3)),
    "gelu": (torch.nn.functional.gelu, (-3, 3)),
    "silu": (torch.nn.functional.silu, (-3, 3)),
}
BINARY = {  # name: (function, where it is smooth and moderate)
    "+": (lambda x, y: x + y, lambda x, y: True),
    "-": (lambda x, y: x - y, lambda x, y: True),
    "*": (lambda x, y: x * y, lambda x, y: True),
    "/": (lambda x, y: x / y, lambda x, y: abs(y) > 0.2),
    "power": (lambda x, y: x**y, lambda x, y: x > 0.2),
    "atan2": (torch.atan2, lambda x, y: x * x + y * y > 0.1 and (y > 0.1 or abs(x) > 0.05)),
    "minimum": (torch.minimum, lambda x, y: abs(x - y) > KINK),
    "maximum": (torch.maximum, lambda x, y: abs(x - y) > KINK),
    "greater": (lambda x, y: (x > y).double(), lambda x, y: abs(x - y) > KINK),
    "leakyReLU": (lambda x, y: torch.where(x > 0, x, y * x), lambda x, y: abs(x) > KINK),
    "elu": (lambda x, y: torch.where(x > 0, x, y * torch.expm1(x)), lambda x, y: abs(x) > KINK),
}
NARY = {
    "sum": lambda xs: torch.stack(xs).sum(),
    "mean": lambda xs: torch.stack(xs).mean(),
    "maximum": lambda xs: torch.stack(xs).max(),
    "logSumExp": lambda xs: torch.logsumexp(torch.stack(xs), 0),
    "select": lambda xs: torch.where(xs[0] > 0, xs[1], xs[2]),
}


def draw_step(rng, values):
    """A random step as text, the places it reads, and its function of the values; or nothing."""
    count = len(values)

    def place():
        return rng.randrange(max(0, count - 8) if rng.random() < 0.5 else 0, count)

    kind = rng.randrange(8)
    if kind < 4:
        name = rng.choice(list(UNARY))
        function, (low, high) = UNARY[name]
        a = place()
        if not low <= values[a].item() <= high or abs(values[a].item()) < KINK:
            return None
        return f"unary {name} {a}", [a], lambda v: function(v[a])
    if kind < 7:
        name = rng.choice(list(BINARY))
        function, is_smooth = BINARY[name]
        number = rng.randint(1, 6) / 2
        arguments = [place(), place()]
        if rng.random() < 0.5:
            arguments[rng.randrange(2)] = None
        numbers = [number if a is None else values[a].item() for a in arguments]
        if not is_smooth(*numbers):
            return None
        text = " ".join(f"#{number}" if a is None else str(a) for a in arguments)

        def evaluate(v):
            return function(*[torch.tensor(number) if a is None else v[a] for a in arguments])

        return f"binary {name} {text}", [a for a in arguments if a is not None], evaluate
    length = rng.randint(1, 5)
    name = rng.choice(list(NARY) + ["dot"])
    if name == "dot":
        a, b = [place() for _ in range(length)], [place() for _ in range(length)]
        bias = [place()] if rng.random() < 0.5 else []
        text = " | ".join(" ".join(map(str, part)) for part in (a, b, bias)).strip()

        def evaluate(v):
            first = v[bias[0]] if bias else torch.tensor(0.0)
            return sum((v[i] * v[j] for i, j in zip(a, b)), first)

        return f"dot {text}", a + b + bias, evaluate
    xs = [place() for _ in range(3 if name == "select" else length)]
    numbers = [values[x].item() for x in xs]
    ranked = sorted(numbers)
    if name == "maximum" and any(b - a < KINK for a, b in zip(ranked, ranked[1:])):
        return None
    if name == "select" and abs(numbers[0]) < KINK:
        return None
    return f"nary {name} {' '.join(map(str, xs))}", xs, lambda v: NARY[name]([v[x] for x in xs])


def draw_graph(seed):
    rng = random.Random(seed)
    inputs = [rng.uniform(-2, 2) for _ in range(rng.randint(1, 5))]
    leaves = [torch.tensor(x, requires_grad=True) for x in inputs]
    values, used = list(leaves), set()
    slopes = [1.0] * len(leaves)
    lines = ["graph " + " ".join(map(repr, inputs))]
    length = max(1, int(150 * rng.random() ** 2))
    while len(values) < len(leaves) + length:
        step = draw_step(rng, values)
        if step is None:
            continue
        text, arguments, function = step
        # Derivatives must not grow with depth, or rounding would grow with them.
        local = [torch.tensor(v.item(), requires_grad=True) for v in values]
        result = function(local)
        if result.requires_grad:
            result.backward()
        read = [a for a in set(arguments) if local[a].grad is not None]
        slope = sum(abs(local[a].grad.item()) * slopes[a] for a in read)
        if not abs(result.item()) < 4 or slope > 10:
            continue
        lines.append(text)
        values.append(function(values))
        slopes.append(slope)
        used.update(arguments)
    outputs = [i for i in range(len(values)) if i not in used]
    lines.append("output " + " ".join(map(str, outputs)))
    y = torch.stack([values[i] for i in outputs]).mean()
    gradients = derivatives(y, leaves)
    product = derivatives(sum(g / (i + 1) for i, g in enumerate(gradients)), leaves)
    lines.append(f"value {y.item()!r}")
    for name, numbers in ("gradient", gradients), ("product", product):
        assert all(math.isfinite(x.item()) for x in numbers)
        lines.append(f"{name} " + " ".join(repr(x.item()) for x in numbers))
    return lines


def derivatives(y, leaves):
    """The gradient of y, to be differentiated again."""
    if not y.requires_grad:
        return [torch.tensor(0.0) for _ in leaves]
    found = torch.autograd.grad(y, leaves, create_graph=True, allow_unused=True)
    return [torch.tensor(0.0) if x is None else x for x in found]


if __name__ == "__main__":
    for seed in range(300):
        print("\n".join(draw_graph(seed)))
