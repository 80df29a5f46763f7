"""Writes ExtremeReferences.swift: values and derivatives at the extremes, to 50 digits rounded once.

    pip install mpmath
    python3 Tests/Reference/extremes.py > Tests/LeibnizTests/Engine/Primitive/ExtremeReferences.swift
"""

from fractions import Fraction

from mpmath import mp, mpf

mp.dps = 50
# The widest cancellation below, 1 - tanh(1000), needs 870 digits on the way.
WORKING = 1000

MAGNITUDES = [1e-300, 1e-16, 1.0, 40.0, 745.0, 1000.0]
POINTS = [-m for m in reversed(MAGNITUDES)] + MAGNITUDES


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def power(y):
    return lambda x: x**y, lambda x: y * x ** (y - 1)


def real(x):
    return True


def positive(x):
    return x > 0


# Name: value, derivative, whether x is in the domain.
FUNCTIONS = {
    "exp": (mp.exp, mp.exp, real),
    "expm1": (mp.expm1, mp.exp, real),
    "log": (mp.log, lambda x: 1 / x, positive),
    "log1p": (mp.log1p, lambda x: 1 / (1 + x), lambda x: x > -1),
    "sqrt": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), positive),
    "reciprocal": (lambda x: 1 / x, lambda x: -1 / x**2, real),
    "sin": (mp.sin, mp.cos, real),
    "cos": (mp.cos, lambda x: -mp.sin(x), real),
    "atan": (mp.atan, lambda x: 1 / (1 + x * x), real),
    "sinh": (mp.sinh, mp.cosh, real),
    "cosh": (mp.cosh, mp.sinh, real),
    "tanh": (mp.tanh, lambda x: mp.sech(x) ** 2, real),
    "asinh": (mp.asinh, lambda x: 1 / mp.sqrt(1 + x * x), real),
    "erf": (mp.erf, lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x), real),
    "erfc": (mp.erfc, lambda x: -2 / mp.sqrt(mp.pi) * mp.exp(-x * x), real),
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x), real),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), sigmoid, real),
    "gelu": (lambda x: x * mp.ncdf(x), lambda x: mp.ncdf(x) + x * density(x), real),
    "silu": (lambda x: x * sigmoid(x), lambda x: sigmoid(x) * (1 + x * sigmoid(-x)), real),
    "elu": (
        lambda x: x if x > 0 else mp.expm1(x),
        lambda x: mpf(1) if x > 0 else mp.exp(x),
        real,
    ),
    # log(eˣ + 1) as a list of two, and its derivative by x.
    "logSumExp": (lambda x: mp.log1p(mp.exp(x)), sigmoid, real),
    # −log(eˣ / (eˣ + 1)): the label's own logit, and the other one.
    "crossEntropyOfLabel": (
        lambda x: mp.log1p(mp.exp(-x)),
        lambda x: -sigmoid(-x),
        real,
    ),
    "crossEntropyOfOther": (lambda x: mp.log1p(mp.exp(x)), sigmoid, real),
    "power3": (*power(3), real),
    "power-2": (*power(-2), real),
    "power0.5": (*power(mpf("0.5")), positive),
    "power-1.5": (*power(mpf("-1.5")), positive),
    # 2ˣ and its derivative by the exponent.
    "powerOf2": (lambda x: mpf(2) ** x, lambda x: mpf(2) ** x * mp.log(2), real),
}


def rounded(x):
    """The nearest Double, through an exact fraction: subnormals are rounded once."""
    if x == 0 or abs(x) < mpf(2) ** -1100:
        return "0"
    if abs(x) > mpf(2) ** 1030:
        return "inf" if x > 0 else "-inf"
    sign, mantissa, exponent, _ = x._mpf_
    fraction = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    try:
        number = float(-fraction if sign else fraction)
    except OverflowError:
        return "-inf" if sign else "inf"
    return repr(number).removesuffix(".0")


print("/// Written by Tests/Reference/extremes.py; the numbers are right to the last bit.")
print("///")
print("/// One line each: the function, x, f(x), f′(x).")
print('let extremeReferences = """')
for name, (value, derivative, domain) in FUNCTIONS.items():
    for number in POINTS:
        x = mpf(number)
        if not domain(x):
            continue
        with mp.workdps(WORKING):
            y, slope = value(x), derivative(x)
        print(f"  {name} {number!r} {rounded(+y)} {rounded(+slope)}".replace(".0 ", " "))
print('  """')
