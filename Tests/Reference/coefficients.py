"""Writes Coefficients.h: polynomials of the vector kernels' elementary functions, with their errors.

    pip install mpmath
    python3 Tests/Reference/coefficients.py > Sources/LeibnizKernels/Coefficients.h

Each is the Chebyshev interpolation of a function computed with 60 digits, or the weighted fit of least
largest error where the error weighs little in a part of the interval; as coefficients of powers, lowest
first, rounded to doubles. The comment tells the largest error found on the interval, of the rounded
coefficients, as a power of two: relative to the function that the polynomial is a part of.
"""

from mpmath import mp, mpf

mp.dps = 60


def series(f, at_zero):
    """f, with its limit at 0, where the formula divides by 0."""
    return lambda z: mpf(at_zero) if z == 0 else f(z)


def sin_term(z):
    x = mp.sqrt(z)
    return (mp.sin(x) / x - 1) / z


def cos_term(z):
    return (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2


def exp_term(x):
    return (mp.expm1(x) - x) / x**2 if abs(x) > mpf(10) ** -15 else mpf(1) / 2 + x / 6


def sinh_term(z):
    x = mp.sqrt(z)
    return (mp.sinh(x) / x - 1) / z


def cosh_term(z):
    return (mp.cosh(mp.sqrt(z)) - 1 - z / 2) / z**2


def log_term(z):
    s = mp.sqrt(z)
    return (2 * mp.atanh(s) / s - 2) / z


def log_second_term(z):
    s = mp.sqrt(z)
    return ((2 * mp.atanh(s) / s - 2) / z - mpf(2) / 3) / z


def atan_term(z):
    x = mp.sqrt(z)
    return (mp.atan(x) / x - 1) / z


def asin_term(z):
    x = mp.sqrt(z)
    return (mp.asin(x) / x - 1) / z


def erf_term(z):
    x = mp.sqrt(z)
    return mp.erf(x) / x - 1


def erfc_term(t):
    # t = (x − 4) / (x + 4); at t = 1, x is infinite and erfcx(x) ≈ 1 / (x √π).
    x = 4 * (1 + t) / (1 - t)
    return (1 + 2 * x) * mp.erfc(x) * mp.exp(x * x)


def erf_exponent(x):
    return 2 / mp.sqrt(mp.pi) if x == 0 else -mp.log(mp.erfc(x)) / x


def erf_exponent_weight(x):
    return mp.sqrt(mp.pi) / 2 if x == 0 else x * mp.erfc(x) / mp.erf(x)


def weighted_fit(f, weight, interval, count):
    """Least squares, whose weights grow where the error is large (Lawson 1961)."""
    low, high = interval
    points = [low + (high - low) * (1 - mp.cos(mp.pi * (k + mpf(1) / 2) / 120)) / 2 for k in range(120)]
    values = [f(x) for x in points]
    weights = [weight(x) for x in points]
    shares = [mpf(1) / len(points)] * len(points)
    for _ in range(8):
        factors = [share * w**2 for share, w in zip(shares, weights)]
        moments = [sum(q * x**k for q, x in zip(factors, points)) for k in range(2 * count - 1)]
        matrix = mp.matrix([[moments[i + j] for j in range(count)] for i in range(count)])
        right = [sum(q * y * x**k for q, x, y in zip(factors, points, values)) for k in range(count)]
        fit = list(mp.lu_solve(matrix, mp.matrix(right)))
        errors = [
            abs((mp.polyval(fit[::-1], x) - y) * w) for x, y, w in zip(points, values, weights)]
        total = sum(share * error for share, error in zip(shares, errors))
        shares = [share * error / total for share, error in zip(shares, errors)]
    return fit


QUARTER = mp.pi / 4 * mpf("1.0001")
HALF_LN2 = mp.log(2) / 2 * mpf("1.0001")
LARGEST_S = ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1) * mpf("1.0001")) ** 2
TINY = mpf(10) ** -18

# Name: what it is, the function, the interval, the number of coefficients, and how much a relative
# error of the polynomial weighs in the result.
POLYNOMIALS = {
    "sine": ("(sin √z / √z − 1) / z", sin_term, (TINY, QUARTER**2), 6, lambda z: z),
    "cosine": ("(cos √z − 1 + z/2) / z²", cos_term, (TINY, QUARTER**2), 6, lambda z: z**2),
    "exponential": (
        "(exp z − 1 − z) / z²", exp_term, (-HALF_LN2, HALF_LN2), 11, lambda z: z**2),
    "hyperbolic_sine": (
        "(sinh √z / √z − 1) / z", sinh_term, (TINY, HALF_LN2**2), 5, lambda z: z),
    "hyperbolic_cosine": (
        "(cosh √z − 1 − z/2) / z²", cosh_term, (TINY, HALF_LN2**2), 5, lambda z: z**2),
    "logarithm": ("(2 artanh √z / √z − 2) / z", log_term, (TINY, LARGEST_S), 9, lambda z: z),
    "logarithm_fifth": (
        "the same without its first term, 2/3", log_second_term, (TINY, LARGEST_S), 9, lambda z: z**2),
    "arctangent": ("(arctan √z / √z − 1) / z", atan_term, (TINY, mpf(1) / 4), 15, lambda z: z),
    "arcsine": ("(arcsin √z / √z − 1) / z", asin_term, (TINY, mpf(1) / 4), 14, lambda z: z),
    "error_exponent": (
        "−log(erfc z) / z", erf_exponent, (mpf(0), mpf(6)), 25, erf_exponent_weight),
    "error_function": ("erf √z / √z − 1", erf_term, (TINY, mpf(9) / 16), 12, lambda z: 1),
    "error_function_complement": (
        "(1 + 2x) erfc(x) exp(x²) of (x − 4) / (x + 4)", erfc_term,
        (mpf(-13) / 19, mpf(24) / 32), 22, lambda t: 1 / erfc_term(t)),
}


def largest_error(f, interval, coefficients, weight):
    low, high = interval
    worst = mpf(0)
    for k in range(2001):
        z = low + (high - low) * k / 2000
        worst = max(worst, abs((mp.polyval(coefficients[::-1], z) - f(z)) * weight(z)))
    return worst


print("// Written by Tests/Reference/coefficients.py, which derives them. Lowest power first.")
print("#ifndef LEIBNIZ_COEFFICIENTS_H")
print("#define LEIBNIZ_COEFFICIENTS_H")
for name, (what, f, interval, count, weight) in POLYNOMIALS.items():
    if name == "error_exponent":
        with mp.workdps(150):
            exact = weighted_fit(f, weight, interval, count)
    else:
        exact = mp.chebyfit(f, interval, count)[::-1]
    coefficients = [mpf(float(c)) for c in exact]
    error = largest_error(f, interval, coefficients, weight)
    print()
    print(f"// {what} for {mp.nstr(interval[0], 4)} to {mp.nstr(interval[1], 4)}, to 2^{mp.nstr(mp.log(error, 2), 4)}.")
    print(f"static const double {name}_series[] = {{")
    for c in coefficients:
        print(f"    {float(c).hex()},")
    print("};")
print()
print("#endif")
