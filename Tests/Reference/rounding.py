"""Numbers of many digits as doubles, for the scripts beside this file."""

from fractions import Fraction

from mpmath import mp, mpf


def rounded(x):
    """The nearest Double, through an exact fraction: subnormals are rounded once. "-" is not tested."""
    if x is None:
        return "-"
    if isinstance(x, (int, float)):
        return repr(float(x)).removesuffix(".0")
    if mp.isnan(x):
        return "nan"
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
