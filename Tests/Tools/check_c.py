"""Compiles exported C and holds its results against Leibniz's.

    python3 Tests/Tools/check_c.py DIRECTORY [--fast]

Each compiler that is there compiles each file, once with the sanitizers and all warnings as errors.
"""

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import numpy
from exported_cases import cases, require

WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Werror"]
HARNESS = """
#include <stdio.h>
#include <stdlib.h>
%(declarations)s
static void *room(size_t count) { return calloc(count ? count : 1, sizeof(%(real)s)); }
static %(real)s *numbers(FILE *file, size_t count) {
  %(real)s *x = room(count);
  if (fread(x, sizeof *x, count, file) != count) exit(2);
  return x;
}
int main(int argc, char **argv) {
  (void)argc;
  FILE *in = fopen(argv[1], "rb");
  %(real)s *p = numbers(in, %(parameters)d), *x = numbers(in, %(samples)d);
  fclose(in);
  %(real)s *w = room(%(name)s_workspace()), *y = room(%(outputs)d);
  %(name)s_values(p, x, %(n)d, y, w);
  FILE *out = fopen(argv[2], "wb");
  fwrite(y, sizeof *y, %(outputs)d, out);
  %(gradient)s
  fclose(out);
  free(p); free(x); free(w); free(y);
}
"""


def run(*command):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}")


def harness(name, numbers, real):
    """A main program that reads what a case takes and writes what it gives."""
    n, width = numbers["samples"].shape
    declarations = f"size_t {name}_workspace(void);\n"
    declarations += f"void {name}_values(const {real} *, const {real} *, size_t, {real} *, {real} *);\n"
    outputs = [key for key in ("gradient", "input_gradients") if key in numbers]
    gradient = ""
    if "loss" in numbers:
        types = "".join(f"{real} *, " for _ in outputs)
        declarations += (
            f"{real} {name}_gradient(const {real} *, const {real} *, size_t, {types}{real} *);\n"
        )
        for i, key in enumerate(outputs):
            gradient += f"{real} *g{i} = room({numbers[key].size});\n  "
        places = "".join(f"g{i}, " for i in range(len(outputs)))
        gradient += f"{real} loss = {name}_gradient(p, x, {n}, {places}w);\n"
        gradient += "  fwrite(&loss, sizeof loss, 1, out);\n"
        for i, key in enumerate(outputs):
            gradient += f"  fwrite(g{i}, sizeof *g{i}, {numbers[key].size}, out); free(g{i});\n"
    return HARNESS % {
        "declarations": declarations, "real": real, "name": name, "n": n, "gradient": gradient,
        "parameters": numbers["parameters"].size, "samples": n * width,
        "outputs": numbers["values"].size,
    }


def check(directory, name, numbers, compiler, flags, real):
    scratch = Path(directory) / "c"
    scratch.mkdir(exist_ok=True)
    dtype = numpy.float64 if real == "double" else numpy.float32
    source = Path(directory) / (f"{name}.c" if real == "double" else f"{name}.float.c")
    main, program = scratch / f"{name}.main.c", scratch / f"{name}.{compiler}"
    main.write_text(harness(name, numbers, real))
    run(compiler, *WARNINGS, *flags, source, main, "-o", program, "-lm")
    arguments = [numbers["parameters"].ravel(), numbers["samples"].ravel()]
    (scratch / f"{name}.in").write_bytes(numpy.concatenate(arguments).astype(dtype).tobytes())
    run(program, scratch / f"{name}.in", scratch / f"{name}.out")
    found = numpy.fromfile(scratch / f"{name}.out", dtype)
    keys = [key for key in ("values", "loss", "gradient", "input_gradients") if key in numbers]
    worst = 0
    for key in keys:
        part, found = found[: numbers[key].size], found[numbers[key].size :]
        part = part.reshape(numbers[key].shape)
        if real == "float":
            scale = max(1, numpy.abs(numbers[key]).max())
            error = numpy.abs(part - numbers[key]).max() / scale
            assert error < 2e-5, (name, key, error)
        else:
            worst = max(worst, require(name, key, part, numbers[key], 1e-11))
    return worst


def main():
    directory = sys.argv[1]
    compilers = [c for c in ("gcc", "clang") if shutil.which(c)]
    if not compilers:
        raise SystemExit("There is no C compiler.")
    for name, numbers in cases(directory):
        isTable = name.split("_")[0] in ("unary", "binary", "list")
        worst = 0
        for compiler in compilers:
            flags = ["-O0", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]
            # Division by zero has a result, in IEEE 754 and in Leibniz.
            flags.append("-fno-sanitize=float-divide-by-zero")
            worst = max(worst, check(directory, name, numbers, compiler, flags, "double"))
            if not isTable:
                check(directory, name, numbers, compiler, ["-O0"], "float")
        print(f"{name}: C agrees to {worst:.1e} ({', '.join(compilers)})", flush=True)


main()
