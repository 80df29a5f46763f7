"""Writes a program that runs the formulas of Tests/Formulas over Double, Value and Dual and compares them.

    python3 Tests/Tools/formula_runs.py FOLDER LEFT_OUT > main.swift

The file LEFT_OUT names places, FILE:LINE, of what the compiler gives up on: formulas with them are left out.
"""

import pathlib
import re
import sys

folder, left_out = sys.argv[1:]
places = set(open(left_out, encoding="utf-8").read().split())

print("import Leibniz\n")
names, copies = [], {"Double": [], "Value": [], "Dual": []}
for file in sorted(pathlib.Path(folder).glob("*.swift")):
    lines = file.read_text(encoding="utf-8").split("\n")
    starts = [i for i, line in enumerate(lines) if re.match("  (private )?static func ", line)]
    for start in starts:
        end = start
        while not (lines[end] == "  }" or end == start and lines[end].endswith("}")):
            end += 1
        if any(f"{file.name}:{i + 1}" in places for i in range(start, end + 1)):
            continue
        text = "\n".join(lines[start : end + 1])
        signature = re.match(r"\s*(?:private )?static func (\w+)\((.*?)\) -> Number", text, re.DOTALL)
        if not signature:
            sys.exit(f"{file.name}:{start + 1}: no formula that returns a Number")
        # As many numbers in each array as the formula takes of one.
        length = max([3, *map(int, re.findall(r"\w\[(\d+)\]", text))]) + 1
        names.append((signature.group(1), re.findall(r": (\[?\w+\]?)", signature.group(2)), length))
        for number, parts in copies.items():
            parts.append(re.sub(r"\bNumber\b", number, text).replace("private ", ""))

for number, parts in copies.items():
    print(f"enum {number}Formulas {{\n" + "\n\n".join(parts) + "\n}\n")

print("var comparison = Comparison()")
for name, parameters, length in names:
    arguments, count = [], 0
    for parameter in parameters:
        if parameter == "Number":
            arguments.append(f"x[{count}]")
            count += 1
        elif parameter == "[Number]":
            arguments.append(f"Array(x[{count}..<{count + length}])")
            count += length
        else:
            plain = [str(0.35 + 0.1 * (i * 7 % 5)) for i in range(length)]
            arguments.append(plain[0] if parameter == "Double" else f"[{', '.join(plain)}]")
    call = f"{name}({', '.join(arguments)})"
    print(
        f'comparison.compare("{name}", {count}, {{ x in DoubleFormulas.{call} }},\n'
        f"  {{ x in ValueFormulas.{call} }}, {{ x in DualFormulas.{call} }})"
    )
print("comparison.finish()")
