"""What the checks of exported programs share: the cases that `Exports` wrote, and how numbers compare."""

from pathlib import Path

import numpy
from safetensors.numpy import load_file


def cases(directory):
    """The name and the numbers of each case."""
    for path in sorted(Path(directory).glob("*.safetensors")):
        yield path.stem, load_file(path)


def difference(found, expected):
    """The largest difference, relative to the size of the expected numbers or to 1e-290."""
    found, expected = numpy.asarray(found), numpy.asarray(expected)
    assert found.shape == expected.shape, (found.shape, expected.shape)
    with numpy.errstate(all="ignore"):
        ratio = numpy.abs(found - expected) / numpy.maximum(numpy.abs(expected), 1e-290)
    same = (found == expected) | (numpy.isnan(found) & numpy.isnan(expected))
    ratio = numpy.where(same, 0, numpy.where(numpy.isnan(ratio), numpy.inf, ratio))
    return ratio.max(initial=0)


def require(name, what, found, expected, limit):
    """Stops where numbers differ by more than the limit."""
    error = difference(found, expected)
    if not error <= limit:
        ratio = numpy.argwhere(numpy.asarray(found) != numpy.asarray(expected))
        raise SystemExit(f"{name}: {what} differs by {error:.1e}, more than {limit}; at {ratio[:3]}")
    return error
