"""Writes lane_functions.txt: seeded points of the functions that vector kernels have of their own, and
their values, rounded once from 50 digits (360 where a sine has a large argument).

    pip install mpmath
    python3 Tests/Reference/lane_functions.py > Tests/Reference/lane_functions.txt

A line each: NAME x f(x), or NAME x y f(x, y).
"""

import math
import random

from mpmath import mp, mpf

from rounding import rounded

draw = random.Random(20261121)
COUNT = 40  # for each range


def evenly(low, high):
    return draw.uniform(low, high)


def by_size(low, high):
    """Between two positive numbers, evenly in the logarithm, with either sign."""
    size = math.exp(draw.uniform(math.log(low), math.log(high)))
    return draw.choice([-1, 1]) * min(max(size, low), high)


def sized(low, high):
    return abs(by_size(low, high))


# Name: the function, then ranges: how to draw, and from where to where. Among them are the surroundings
# of every point at which a kernel changes its way.
UNARY = {
    "exp": (mp.exp, (evenly, -1, 1), (evenly, -745, 709.7), (evenly, -745, -700), (by_size, 1e-20, 1)),
    "expm1": (mp.expm1, (evenly, -1, 1), (evenly, -40, 40), (evenly, 700, 709.7), (by_size, 1e-20, 1)),
    "log": (mp.log, (evenly, 0.5, 2), (evenly, 0.99, 1.01), (sized, 1e-300, 1e300), (sized, 1e-323, 1e-308)),
    "log1p": (mp.log1p, (evenly, -0.5, 1), (evenly, -0.999, -0.5), (sized, 1, 1e300), (by_size, 1e-20, 0.3)),
    "sin": (mp.sin, (evenly, -1, 1), (evenly, -100, 100), (by_size, 1e3, 1e6), (by_size, 1e6, 1e300), (by_size, 1e-20, 1)),
    "cos": (mp.cos, (evenly, -1, 1), (evenly, -100, 100), (by_size, 1e3, 1e6), (by_size, 1e6, 1e300), (by_size, 1e-20, 1)),
    "tan": (mp.tan, (evenly, -1, 1), (evenly, -100, 100), (by_size, 1e3, 1e6), (by_size, 1e6, 1e300), (by_size, 1e-20, 1)),
    "asin": (mp.asin, (evenly, -1, 1), (evenly, 0.45, 0.55), (evenly, 0.99, 1), (by_size, 1e-20, 1)),
    "acos": (mp.acos, (evenly, -1, 1), (evenly, 0.45, 0.55), (evenly, 0.99, 1), (by_size, 1e-20, 1)),
    "atan": (mp.atan, (evenly, -3, 3), (evenly, 0.4, 0.6), (evenly, 1.8, 2.2), (by_size, 1e-20, 1e20)),
    "sinh": (mp.sinh, (evenly, -1, 1), (evenly, -5, 5), (evenly, 700, 710.4), (by_size, 1e-20, 1)),
    "cosh": (mp.cosh, (evenly, -1, 1), (evenly, -5, 5), (evenly, 700, 710.4), (by_size, 1e-20, 1)),
    "tanh": (mp.tanh, (evenly, -1, 1), (evenly, 0.1, 0.6), (evenly, 5, 25), (by_size, 1e-20, 1)),
    "asinh": (mp.asinh, (evenly, -1, 1), (evenly, -10, 10), (by_size, 1e7, 1e300), (by_size, 1e-20, 1)),
    "acosh": (mp.acosh, (evenly, 1, 2), (evenly, 1, 1.001), (sized, 2, 1e3), (sized, 1e7, 1e300)),
    "atanh": (mp.atanh, (evenly, -1, 1), (evenly, -0.1, 0.1), (evenly, 0.99, 1), (by_size, 1e-20, 1)),
    "erf": (mp.erf, (evenly, -1, 1), (evenly, -4, 4), (evenly, 4, 6.5), (by_size, 1e-20, 1)),
    "erfc": (mp.erfc, (evenly, -1, 1), (evenly, -6, 6), (evenly, 0.7, 2), (evenly, 2, 26), (evenly, 26, 27.2)),
}


def power_points():
    for _ in range(2 * COUNT):
        yield evenly(0, 4), evenly(-3, 3)
        x = sized(1e-300, 1e300)
        yield x, evenly(-700, 700) / abs(float(mp.log(x)))
        yield 1 + evenly(-1e-3, 1e-3), evenly(-7e5, 7e5)
        yield -float(draw.randrange(1, 100)), float(draw.randrange(-100, 100))
        yield evenly(0.7, 0.72), evenly(-2000, 2000)
        yield sized(1e-320, 1e-308), evenly(-0.9, 0.9)


def angle_points():
    for _ in range(2 * COUNT):
        yield evenly(-1, 1), evenly(-1, 1)
        yield by_size(1e-300, 1e300), by_size(1e-300, 1e300)
        y = evenly(-1, 1)
        yield y, y * evenly(1.8, 2.2)
        yield by_size(1e-320, 1e-308), by_size(1e-320, 1e-308)


def plain(x):
    return repr(x).removesuffix(".0")


for name, (function, *ranges) in UNARY.items():
    for how, low, high in ranges:
        for _ in range(COUNT):
            x = how(low, high)
            with mp.workdps(360 if abs(x) > 1e6 else 50):
                print(name, plain(x), rounded(function(mpf(x))))
with mp.workdps(50):
    for x, y in power_points():
        print("pow", plain(x), plain(y), rounded(mp.power(mpf(x), mpf(y))))
    for y, x in angle_points():
        print("atan2", plain(y), plain(x), rounded(mp.atan2(mpf(y), mpf(x))))
