"""Writes extremes.txt: every row of the primitive table at the extremes, from 50 digits rounded once.

    pip install mpmath
    python3 Tests/Reference/extremes.py > Tests/Reference/extremes.txt

A line each, of words with spaces between them:

    unary NAME x f f' f''
    binary NAME x y f fx fy fxx fxy fyy
    nary NAME n x1 ... xn f f1 ... fn
    formula NAME x f f' f''

Where a function has no derivative, and where an argument is infinite, the line is a convention or a
limit, written out below.
"""

import math

from mpmath import mp, mpf

from rounding import rounded

# The widest cancellation below, 1 - tanh(1000), needs 870 digits; a sine of 1e308 needs 310.
mp.dps = 1000

INF, NAN = math.inf, math.nan
TINY = 5e-324  # the smallest number above 0

MAGNITUDES = [
    TINY, 1e-310, 1e-300, 1e-200, 1e-100, 1e-16, 1e-8, 1e-3, 0.5, 1.0, 2.5, 9.0, 18.0, 40.0,
    300.0, 372.0, 711.0, 745.0, 1000.0, 1e8, 1e50, 1e100, 1.5e154, 1e200, 1e308,
]
NEAR_ONE = [1 - 2**-53, 1 - 1e-10, 0.9, 0.1]  # for functions that end at 1
ABOVE_ONE = [1 + 2**-52, 1 + 1e-10, 1.1]


def large(x):
    return abs(x) > 10**6


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def density(x):
    return mpf(0) if large(x) else mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def distribution(x):
    return mpf(1 if x > 0 else 0) if large(x) else mp.erfc(-x / mp.sqrt(2)) / 2


def erf1(x):
    return mpf(0) if large(x) else 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)


def exp(x):
    return mp.exp(max(min(x, mpf(10**6)), -mpf(10**6)))


def cosh(x):
    return (exp(x) + exp(-x)) / 2


def sinh(x):
    return mp.sinh(max(min(x, mpf(10**6)), -mpf(10**6)))


def tanh(x):
    return mp.sign(x) * (1 - mpf(10) ** -990) if large(x) else mp.tanh(x)


def silu2(x):
    s = sigmoid(x) * sigmoid(-x)
    return mpf(0) if large(x) else s * (2 + x * (sigmoid(-x) - sigmoid(x)))


def real(x):
    return True


def positive(x):
    return x > 0


def inside(x):
    return -1 < x < 1


# Name: value, first and second derivative, and the open domain.
UNARY = {
    "negate": (lambda x: -x, lambda x: mpf(-1), lambda x: mpf(0), real),
    "reciprocal": (lambda x: 1 / x, lambda x: -1 / x**2, lambda x: 2 / x**3, real),
    "sqrt": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), lambda x: -1 / (4 * x * mp.sqrt(x)), positive),
    "exp": (exp, exp, exp, real),
    "log": (mp.log, lambda x: 1 / x, lambda x: -1 / x**2, positive),
    "log1p": (mp.log1p, lambda x: 1 / (1 + x), lambda x: -1 / (1 + x) ** 2, lambda x: x > -1),
    "expm1": (lambda x: exp(x) - 1, exp, exp, real),
    "sin": (mp.sin, mp.cos, lambda x: -mp.sin(x), real),
    "cos": (mp.cos, lambda x: -mp.sin(x), lambda x: -mp.cos(x), real),
    "tan": (
        mp.tan, lambda x: 1 + mp.tan(x) ** 2, lambda x: 2 * mp.tan(x) * (1 + mp.tan(x) ** 2), real,
    ),
    "asin": (
        mp.asin, lambda x: 1 / mp.sqrt(1 - x * x), lambda x: x / mp.sqrt(1 - x * x) ** 3, inside,
    ),
    "acos": (
        mp.acos, lambda x: -1 / mp.sqrt(1 - x * x), lambda x: -x / mp.sqrt(1 - x * x) ** 3, inside,
    ),
    "atan": (mp.atan, lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x) ** 2, real),
    "sinh": (sinh, cosh, sinh, real),
    "cosh": (cosh, sinh, cosh, real),
    "tanh": (tanh, lambda x: 1 / cosh(x) ** 2, lambda x: -2 * tanh(x) / cosh(x) ** 2, real),
    "sech": (
        lambda x: 1 / cosh(x),
        lambda x: -tanh(x) / cosh(x),
        lambda x: (tanh(x) ** 2 - 1 / cosh(x) ** 2) / cosh(x),
        real,
    ),
    "asinh": (
        mp.asinh, lambda x: 1 / mp.sqrt(1 + x * x), lambda x: -x / mp.sqrt(1 + x * x) ** 3, real,
    ),
    "acosh": (
        mp.acosh,
        lambda x: 1 / mp.sqrt(x * x - 1),
        lambda x: -x / mp.sqrt(x * x - 1) ** 3,
        lambda x: x > 1,
    ),
    "atanh": (
        mp.atanh, lambda x: 1 / (1 - x * x), lambda x: 2 * x / (1 - x * x) ** 2, inside,
    ),
    "erf": (lambda x: mp.sign(x) if large(x) else mp.erf(x), erf1, lambda x: -2 * x * erf1(x), real),
    "erfc": (
        lambda x: 1 - mp.sign(x) if large(x) else mp.erfc(x),
        lambda x: -erf1(x),
        lambda x: 2 * x * erf1(x),
        real,
    ),
    "normalDensity": (
        density, lambda x: -x * density(x), lambda x: (x * x - 1) * density(x), real,
    ),
    "normalDistribution": (distribution, density, lambda x: -x * density(x), real),
    "abs": (abs, mp.sign, lambda x: mpf(0), real),
    "sign": (mp.sign, lambda x: mpf(0), lambda x: mpf(0), real),
    "step": (lambda x: mpf(x > 0), lambda x: mpf(0), lambda x: mpf(0), real),
    "stopGradient": (lambda x: x, lambda x: mpf(0), lambda x: mpf(0), real),
    "relu": (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0), lambda x: mpf(0), real),
    "sigmoid": (
        lambda x: sigmoid(max(x, mpf(-(10**6)))),
        lambda x: 1 / (2 * cosh(x / 2)) ** 2,
        lambda x: -tanh(x / 2) / (2 * cosh(x / 2)) ** 2,
        real,
    ),
    "softplus": (
        lambda x: max(x, mpf(0)) + mp.log1p(exp(-abs(x))),
        lambda x: sigmoid(max(x, mpf(-(10**6)))),
        lambda x: 1 / (2 * cosh(x / 2)) ** 2,
        real,
    ),
    "gelu": (
        lambda x: x * distribution(x),
        lambda x: distribution(x) + x * density(x),
        lambda x: (2 - x * x) * density(x),
        real,
    ),
    "silu": (
        lambda x: x / (1 + exp(-x)),
        lambda x: sigmoid(max(x, mpf(-(10**6)))) + x / (2 * cosh(x / 2)) ** 2,
        silu2,
        real,
    ),
}

# At 0, at −∞ and at ∞: limits, and what the table says of kinks. None is beyond the domain.
HALF_PI = math.pi / 2
SQUARE_ROOT = math.sqrt(2 / math.pi)  # 2 φ(0)
ENDS = {
    "negate": ((0, -1, 0), (INF, -1, 0), (-INF, -1, 0)),
    "reciprocal": ((INF, -INF, INF), (0, 0, 0), (0, 0, 0)),
    "sqrt": ((0, INF, -INF), None, (INF, 0, 0)),
    "exp": ((1, 1, 1), (0, 0, 0), (INF, INF, INF)),
    "log": ((-INF, INF, -INF), None, (INF, 0, 0)),
    "log1p": ((0, 1, -1), None, (INF, 0, 0)),
    "expm1": ((0, 1, 1), (-1, 0, 0), (INF, INF, INF)),
    "sin": ((0, 1, 0), (NAN, NAN, NAN), (NAN, NAN, NAN)),
    "cos": ((1, 0, -1), (NAN, NAN, NAN), (NAN, NAN, NAN)),
    "tan": ((0, 1, 0), (NAN, NAN, NAN), (NAN, NAN, NAN)),
    "asin": ((0, 1, 0), None, None),
    "acos": ((HALF_PI, -1, 0), None, None),
    "atan": ((0, 1, 0), (-HALF_PI, 0, 0), (HALF_PI, 0, 0)),
    "sinh": ((0, 1, 0), (-INF, INF, -INF), (INF, INF, INF)),
    "cosh": ((1, 0, 1), (INF, -INF, INF), (INF, INF, INF)),
    "tanh": ((0, 1, 0), (-1, 0, 0), (1, 0, 0)),
    "sech": ((1, 0, -1), (0, 0, 0), (0, 0, 0)),
    "asinh": ((0, 1, 0), (-INF, 0, 0), (INF, 0, 0)),
    "acosh": (None, None, (INF, 0, 0)),
    "atanh": ((0, 1, 0), None, None),
    "erf": ((0, 2 / math.sqrt(math.pi), 0), (-1, 0, 0), (1, 0, 0)),
    "erfc": ((1, -2 / math.sqrt(math.pi), 0), (2, 0, 0), (0, 0, 0)),
    "normalDensity": ((SQUARE_ROOT / 2, 0, -SQUARE_ROOT / 2), (0, 0, 0), (0, 0, 0)),
    "normalDistribution": ((0.5, SQUARE_ROOT / 2, 0), (0, 0, 0), (1, 0, 0)),
    "abs": ((0, 0, 0), (INF, -1, 0), (INF, 1, 0)),
    "sign": ((0, 0, 0), (-1, 0, 0), (1, 0, 0)),
    "step": ((0, 0, 0), (0, 0, 0), (1, 0, 0)),
    "stopGradient": ((0, 0, 0), (-INF, 0, 0), (INF, 0, 0)),
    "relu": ((0, 0, 0), (0, 0, 0), (INF, 1, 0)),
    "sigmoid": ((0.5, 0.25, 0), (0, 0, 0), (1, 0, 0)),
    "softplus": ((math.log(2), 0.5, 0.25), (0, 0, 0), (INF, 1, 0)),
    "gelu": ((0, 0.5, SQUARE_ROOT), (0, 0, 0), (INF, 1, 0)),
    "silu": ((0, 0.5, 0.5), (0, 0, 0), (INF, 1, 0)),
}


def power(x, y):
    z = mp.power(x, y)
    logarithm = mp.log(x) if x > 0 else None
    by_exponent = (z * logarithm, z / x * (1 + y * logarithm), z * logarithm**2) if x > 0 else [NAN] * 3
    return (z, y * z / x, by_exponent[0], y * (y - 1) * z / x**2, by_exponent[1], by_exponent[2])


def atan2(x, y):
    r = x * x + y * y
    return (mp.atan2(x, y), y / r, -x / r, -2 * x * y / r**2, (x * x - y * y) / r**2, 2 * x * y / r**2)


def larger(x, y):
    first = mpf(x > y) if x != y else mpf(0.5)
    return (max(x, y), first, 1 - first, 0, 0, 0)


def smaller(x, y):
    first = mpf(x < y) if x != y else mpf(0.5)
    return (min(x, y), first, 1 - first, 0, 0, 0)


def elu(x, a):
    e = exp(min(x, mpf(0)))
    return (x, 1, 0, 0, 0, 0) if x > 0 else (a * (e - 1), a * e, e - 1, a * e, e, 0)


# f, fx, fy, fxx, fxy, fyy of x and y.
BINARY = {
    "+": lambda x, y: (x + y, 1, 1, 0, 0, 0),
    "-": lambda x, y: (x - y, 1, -1, 0, 0, 0),
    "*": lambda x, y: (x * y, y, x, 0, 1, 0),
    "/": lambda x, y: (x / y, 1 / y, -x / y**2, 0, -1 / y**2, 2 * x / y**3),
    "power": power,
    "atan2": atan2,
    "minimum": smaller,
    "maximum": larger,
    "greater": lambda x, y: (mpf(x > y) if x != y else mpf(0.5), 0, 0, 0, 0, 0),
    "leakyReLU": lambda x, a: (x, 1, 0, 0, 0, 0) if x > 0 else (a * x, a, x, 0, 1, 0),
    "elu": elu,
}

PAIRS = [
    (0.0, 2.0), (3.0, 3.0), (-3.0, 3.0), (3.0, -2.0), (1e-200, 1e-200), (-1e-200, 3e-200),
    (3e160, 4e160), (4e160, -3e160), (1e200, 1e-200), (1e-200, 1e200), (1e-310, 1.0), (1.0, 1e-310),
    (2.0, 1e-200), (-745.0, 1.0), (-1000.0, 0.5), (1e308, 1e308), (TINY, 2.0), (0.1, 1e-8),
    (1e-8, 0.1), (0.5, 300.0), (1.5, 500.0), (1e100, 0.5), (1e100, -1e100),
]

# Conventions and limits: kinks, poles and infinite arguments.
BINARY_CONVENTIONS = {
    "/": [
        (1.0, INF, 0, 0, 0, 0, 0, 0), (INF, 2.0, INF, 0.5, -INF, 0, -0.25, INF),
        (1.0, 0.0, INF, INF, -INF, 0, -INF, INF),
    ],
    # x⁰ has the derivative 0 by x, at 0 too; 0ʸ has the derivative 0 by y.
    "power": [
        (3.0, 0.0, 1, 0, math.log(3), 0, 1 / 3, math.log(3) ** 2),
        (1e-200, 0.0, 1, 0, math.log(1e-200), 0, 1e200, math.log(1e-200) ** 2),
        (1e200, 0.0, 1, 0, math.log(1e200), 0, 1e-200, math.log(1e200) ** 2),
        (0.0, 0.0, 1, 0, 0, 0, 0, 0), (0.0, 2.0, 0, 0, 0, 2, 0, 0), (0.0, 3.0, 0, 0, 0, 0, 0, 0),
        (0.0, -1.0, INF, -INF, -INF, INF, None, None), (-2.0, 2.0, 4, -4, NAN, 2, NAN, NAN),
        (-2.0, 0.0, 1, 0, NAN, 0, None, NAN),
        (INF, -1.0, 0, 0, 0, 0, 0, 0), (INF, 2.0, INF, INF, INF, 2, INF, INF),
    ],
    "atan2": [
        (3.0, INF, 0, 0, 0, 0, 0, 0), (INF, 3.0, HALF_PI, 0, 0, 0, 0, 0),
        (-INF, INF, -math.pi / 4, 0, 0, 0, 0, 0), (3.0, -INF, math.pi, 0, 0, 0, 0, 0),
        (0.0, 0.0, 0, NAN, NAN, None, None, None),
    ],
    "minimum": [(INF, INF, INF, 0.5, 0.5, 0, 0, 0), (0.0, -0.0, 0, 0.5, 0.5, 0, 0, 0)],
    "maximum": [(INF, INF, INF, 0.5, 0.5, 0, 0, 0), (0.0, -0.0, 0, 0.5, 0.5, 0, 0, 0)],
    "greater": [(INF, INF, 0.5, 0, 0, 0, 0, 0), (0.0, -0.0, 0.5, 0, 0, 0, 0, 0)],
    # At 0 the limits from below.
    "leakyReLU": [
        (0.0, 0.1, 0, 0.1, 0, 0, 1, 0), (-INF, 0.1, -INF, 0.1, -INF, 0, 1, 0),
        (INF, 0.1, INF, 1, 0, 0, 0, 0),
    ],
    "elu": [
        (0.0, 2.0, 0, 2, 0, 2, 1, 0), (-INF, 2.0, -2, 0, -1, 0, 0, 0), (INF, 2.0, INF, 1, 0, 0, 0, 0),
    ],
}


# What is built of rows and must be as right: powers with a number, and the loss of two classes,
# −log(eˣ / (eˣ + 1)), by the label's own logit and by the other one.
def power_by(y):
    y = mpf(y)
    return lambda x: x**y, lambda x: y * x ** (y - 1), lambda x: y * (y - 1) * x ** (y - 2)


FORMULAS = {
    "power3": (*power_by(3), real),
    "power-2": (*power_by(-2), real),
    "power0.5": (*power_by(0.5), positive),
    "power-1.5": (*power_by(-1.5), positive),
    "powerOf2": (
        lambda x: mpf(2) ** x,
        lambda x: mpf(2) ** x * mp.log(2),
        lambda x: mpf(2) ** x * mp.log(2) ** 2,
        lambda x: abs(x) < 10**6,
    ),
    "crossEntropyOfLabel": (
        lambda x: mp.log1p(mp.exp(-x)),
        lambda x: -sigmoid(-x),
        UNARY["softplus"][2],
        lambda x: abs(x) < 10**6,
    ),
    "crossEntropyOfOther": (*UNARY["softplus"][:3], lambda x: abs(x) < 10**6),
}


def softmax(xs):
    top = max(xs)
    weights = [exp(x - top) for x in xs]
    return top + mp.log(sum(weights)), [w / sum(weights) for w in weights]


def largest(xs):
    ties = [x == max(xs) for x in xs]
    return max(xs), [mpf(tie) / sum(ties) for tie in ties]


def product(xs):
    half = len(xs) // 2
    a, b, bias = xs[:half], xs[half : 2 * half], xs[2 * half :]
    return sum(x * y for x, y in zip(a, b)) + sum(bias), b + a + [mpf(1)] * len(bias)


NARY = {
    "sum": lambda xs: (sum(xs), [mpf(1)] * len(xs)),
    "mean": lambda xs: (sum(xs) / len(xs), [mpf(1) / len(xs)] * len(xs)),
    "dot": product,
    "maximum": largest,
    "logSumExp": softmax,
    "lookup": lambda xs: (
        xs[1 + int(xs[0])], [mpf(0)] + [mpf(i == xs[0]) for i in range(len(xs) - 1)],
    ),
    "select": lambda xs: (xs[1] if xs[0] > 0 else xs[2], [mpf(0), mpf(xs[0] > 0), mpf(xs[0] <= 0)]),
}

LISTS = [
    [2.0], [0.0], [-0.0], [TINY], [1e200], [-1e200],
    [0.0, 0.0, 0.0], [0.0, -0.0, 1.0], [3.0, 3.0, 3.0], [2.0, 5.0, 5.0], [-1.0, 2.0, -3.0],
    [TINY, TINY, TINY], [1e-310, 1.0, 2.0], [1e200, 1.0, 1e200], [1e200, -1e200, 1.0],
    [-1e200, 1e200, 3.0], [1e200, 1e107, 1e-200], [745.0, 0.0, -745.0], [1e-200, 1e-200, 1e-200],
    [1.0, 2.0, 3.0, 4.0, 5.0], [40.0, 0.0], [1000.0, 1000.0], [-1000.0, -1000.0, -1001.0],
]

# An index, then the table.
LOOKUPS = [
    [0.0, 0.0], [-0.0, 0.0, 0.0], [0.0, TINY, 1.0], [1.0, 1e200, -1e200], [2.0, 3.0, 3.0, 3.0],
    [1.0, 5.0, 1e200],
]

# An infinite number counts as the largest finite one for shares of gradients; 0 · ∞ is NaN.
NARY_CONVENTIONS = {
    "sum": [([INF, 1.0], INF, [1, 1]), ([INF, -INF], NAN, [1, 1]), ([NAN, 1.0], NAN, [1, 1])],
    "mean": [([INF, 1.0], INF, [0.5, 0.5]), ([INF, -INF], NAN, [0.5, 0.5]), ([NAN, 1.0], NAN, [0.5, 0.5])],
    "dot": [
        ([0.0, INF], NAN, [INF, 0]), ([2.0, INF], INF, [INF, 2]), ([0.0, INF, 1.0], NAN, [INF, 0, 1]),
        ([NAN, 0.0], NAN, [0, NAN]),
    ],
    "maximum": [
        ([INF, 3.0], INF, [1, 0]), ([INF, INF], INF, [0.5, 0.5]), ([-INF, 3.0], 3, [0, 1]),
        ([-INF, -INF], -INF, [0.5, 0.5]), ([-INF], -INF, [1]), ([NAN, 3.0], NAN, [NAN, NAN]),
    ],
    "logSumExp": [
        ([INF, 3.0], INF, [1, 0]), ([INF, INF], INF, [0.5, 0.5]), ([-INF, 3.0], 3, [0, 1]),
        ([-INF, -INF], -INF, [0.5, 0.5]), ([-INF], -INF, [1]), ([INF, -INF], INF, [1, 0]),
        ([NAN, 3.0], NAN, [NAN, NAN]),
    ],
    "select": [
        ([INF, INF, 1.0], INF, [0, 1, 0]), ([-INF, INF, 1.0], 1, [0, 0, 1]),
        ([1.0, 2.0, INF], 2, [0, 1, 0]), ([NAN, 1.0, 2.0], NAN, [0, NAN, NAN]),
        ([1.0, 2.0, NAN], 2, [0, 1, 0]),
    ],
    "lookup": [
        ([1.0, 3.0, INF], INF, [0, 0, 1]), ([0.0, 3.0, -INF], 3, [0, 1, 0]),
        ([0.0, 3.0, NAN], 3, [0, 1, 0]), ([1.0, 3.0, NAN], NAN, [0, 0, 1]),
    ],
}


def line(kind, name, *numbers):
    print(kind, name, *[rounded(x) for x in numbers])


# Second derivatives that are not tested: a factor is subnormal, or over- or underflows on the way.
UNTESTED = {
    ("silu", 745.0, 2), ("power", (1e-200, 1e-200), 3), ("power", (1e-310, 1.0), 4),
    ("power", (TINY, 2.0), 4), ("atan2", (1e100, 0.5), 5),
}


def told(name, x, numbers):
    return [None if (name, x, place) in UNTESTED else n for place, n in enumerate(numbers)]


def unary_lines(name, functions, domain):
    extra = NEAR_ONE if domain is inside else ABOVE_ONE if name == "acosh" else []
    points = [s * m for m in sorted(MAGNITUDES + extra) for s in (1, -1)]
    for x in filter(domain, points):
        if name in ("sin", "cos", "tan") and abs(x) > 1e200:
            continue  # tan'' overflows the digits
        line("unary", name, x, *told(name, x, [f(mpf(x)) for f in functions]))
    at_zero, at_minus, at_plus = ENDS[name]
    if at_zero:
        line("unary", name, 0.0, *at_zero)
        at_minus_zero = [-INF, -INF, -INF] if name == "reciprocal" else at_zero
        if name not in ("sqrt", "log"):  # √−0 and log −0 are limits from where neither exists
            line("unary", name, -0.0, *at_minus_zero)
    for x, ends in ((-INF, at_minus), (INF, at_plus)):
        line("unary", name, x, *(ends or (NAN, None, None)))
    constant = {"negate": (-1, 0), "sign": (0, 0), "step": (0, 0), "stopGradient": (0, 0)}
    derivatives = constant.get(name, (NAN, None if name in ("abs", "relu") else NAN))
    line("unary", name, NAN, NAN, *derivatives)


for name, (*functions, domain) in UNARY.items():
    unary_lines(name, functions, domain)
for name, (*functions, domain) in FORMULAS.items():
    for x in filter(domain, [s * m for m in MAGNITUDES for s in (1, -1)]):
        line("formula", name, x, *[f(mpf(x)) for f in functions])
for name, function in BINARY.items():
    conventions = BINARY_CONVENTIONS.get(name, [])
    for x, y in PAIRS:
        if (x, y) in [c[:2] for c in conventions] or (name == "power" and x < 0):
            continue
        line("binary", name, x, y, *told(name, (x, y), function(mpf(x), mpf(y))))
    for numbers in conventions:
        line("binary", name, *numbers)
for name, function in NARY.items():
    for xs in LOOKUPS if name == "lookup" else LISTS:
        if name == "select" and len(xs) != 3:
            continue
        value, slopes = function([mpf(x) for x in xs])
        line("nary", name, len(xs), *xs, value, *slopes)
    for xs, value, slopes in NARY_CONVENTIONS[name]:
        line("nary", name, len(xs), *xs, value, *slopes)
