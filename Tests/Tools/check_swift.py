"""Compiles exported Swift and holds its results against Leibniz's.

    python3 Tests/Tools/check_swift.py DIRECTORY
"""

import subprocess
import sys
from pathlib import Path

import numpy
from exported_cases import cases, require

NAMES = ["unary", "list", "small", "moons", "random1"]


def literal(numbers):
    return "[" + ", ".join(
        "Double.nan" if numpy.isnan(x) else f"Double(bitPattern: {x.view(numpy.uint64)})"
        for x in numbers.ravel()
    ) + "]"


def main():
    directory = Path(sys.argv[1])
    found = dict(cases(directory))
    scratch = directory / "swift"
    scratch.mkdir(exist_ok=True)
    lines, files = [], []
    for name in NAMES:
        numbers, kind = found[name], name[0].upper() + name[1:]
        files.append(directory / f"{name}.swift")
        lines.append(f"let {name}Samples: [Double] = {literal(numbers['samples'])}")
        lines.append(f"show({kind}.values(samples: {name}Samples))")
        if "loss" in numbers:
            lines.append(f"let {name}Result = {kind}.gradient(samples: {name}Samples)")
            lines.append(f"show([{name}Result.mean] + {name}Result.gradient + {name}Result.inputGradients)")
    lines.append("func show(_ x: [Double]) { print(x.map { String($0.bitPattern) }.joined(separator: \" \")) }")
    main = scratch / "main.swift"
    main.write_text("\n".join(lines) + "\n")
    command = ["swiftc", "-swift-version", "6", "-warnings-as-errors", main, *files, "-o", scratch / "run"]
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(result.stderr)
    output = iter(subprocess.run([scratch / "run"], capture_output=True, text=True, check=True).stdout.splitlines())

    def row():
        return numpy.array([int(word) for word in next(output).split()], numpy.uint64).view(float)

    for name in NAMES:
        numbers = found[name]
        worst = require(name, "values", row(), numbers["values"].ravel(), 1e-11)
        if "loss" in numbers:
            keys = ("loss", "gradient", "input_gradients")
            expected = numpy.concatenate([numbers[key].ravel() for key in keys])
            worst = max(worst, require(name, "gradient", row(), expected, 1e-10))
        print(f"{name}: Swift agrees to {worst:.1e}", flush=True)


main()
