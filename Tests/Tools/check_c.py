"""Compiles exported C and holds its results against Leibniz's.

    python3 Tests/Tools/check_c.py DIRECTORY

Each compiler that is there compiles each file, with the sanitizers and all warnings as errors; one file is
called from C++ and by ctypes, and compiled for a microcontroller.
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
#include "%(file)s"
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


def harness(name, numbers, real, file):
    """A main program that reads what a case takes and writes what it gives."""
    n, width = numbers["samples"].shape
    outputs = [key for key in ("gradient", "input_gradients") if key in numbers]
    gradient = ""
    if "loss" in numbers:
        for i, key in enumerate(outputs):
            gradient += f"{real} *g{i} = room({numbers[key].size});\n  "
        places = "".join(f"g{i}, " for i in range(len(outputs)))
        gradient += f"{real} loss = {name}_gradient(p, x, {n}, {places}w);\n"
        gradient += "  fwrite(&loss, sizeof loss, 1, out);\n"
        for i, key in enumerate(outputs):
            gradient += f"  fwrite(g{i}, sizeof *g{i}, {numbers[key].size}, out); free(g{i});\n"
    return HARNESS % {
        "declarations": f"#define {name.upper()}_DECLARATIONS", "file": file, "real": real, "name": name, "n": n, "gradient": gradient,
        "parameters": numbers["parameters"].size, "samples": n * width,
        "outputs": numbers["values"].size,
    }


def check(directory, name, numbers, compiler, flags, real):
    scratch = Path(directory) / "c"
    scratch.mkdir(exist_ok=True)
    dtype = numpy.float64 if real == "double" else numpy.float32
    source = Path(directory) / (f"{name}.c" if real == "double" else f"{name}.float.c")
    main, program = scratch / f"{name}.main.c", scratch / f"{name}.{compiler}"
    main.write_text(harness(name, numbers, real, source.resolve()))
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


# A program of C and of C++.
CALLER = """
#include <stdio.h>
#define MOONS_DECLARATIONS
#include "moons.c"
static double workspace[MOONS_WORKSPACE];
int main(void) {
  const double samples[] = {%s};
  double outputs[%d];
  moons_values(moons_parameters, samples, %d, outputs, workspace);
  for (int i = 0; i < %d; i++) printf("%%.17g\\n", outputs[i]);
  return 0;
}
"""


def check_callers(directory, numbers):
    """The file called from C++ and by ctypes."""
    directory = Path(directory)
    scratch, expected = directory / "c", numbers["values"].ravel()
    n = len(expected)
    text = CALLER % (", ".join(map(repr, map(float, numbers["samples"].ravel()))), n, n, n)
    for compiler in [c for c in ("g++", "clang++") if shutil.which(c)]:
        (scratch / "caller.cpp").write_text(text)
        strict = ["-std=c++17", "-Wall", "-Wextra", "-Werror", f"-I{directory}"]
        run("cc", "-std=c11", "-c", directory / "moons.c", "-o", scratch / "moons.o")
        run(compiler, *strict, scratch / "caller.cpp", scratch / "moons.o", "-o", scratch / "caller", "-lm")
        output = subprocess.run([scratch / "caller"], capture_output=True, text=True, check=True).stdout
        require("moons", "C++", numpy.array(output.split(), float), expected, 1e-11)
        run(compiler, *strict, "-x", "c++", "-c", directory / "moons.c", "-o", scratch / "moons.cpp.o")
        print(f"moons: {compiler} calls the file, and compiles it as C++")
    run("cc", "-O2", "-shared", "-fPIC", directory / "moons.c", "-o", scratch / "moons.so", "-lm")
    library = ctypes.CDLL(scratch.resolve() / "moons.so")
    library.moons_workspace.restype = ctypes.c_size_t
    library.moons_gradient.restype = ctypes.c_double
    pointer = numpy.ctypeslib.ndpointer(numpy.float64, flags="C_CONTIGUOUS")
    library.moons_gradient.argtypes = [pointer, pointer, ctypes.c_size_t, pointer, pointer, pointer]
    count = numbers["parameters"].size
    parameters = numpy.array((ctypes.c_double * count).in_dll(library, "moons_parameters"))
    gradient, slopes = numpy.empty(count), numpy.empty(numbers["samples"].shape)
    workspace = numpy.empty(library.moons_workspace())
    loss = library.moons_gradient(parameters, numbers["samples"], n, gradient, slopes, workspace)
    require("moons", "ctypes' loss", loss, numbers["loss"], 1e-11)
    require("moons", "ctypes' gradient", gradient, numbers["gradient"], 1e-11)
    print("moons: ctypes agrees")


def check_microcontroller(directory):
    """With 32 bits for a Cortex-M4: no double is computed with, nothing is allocated."""
    targets = shutil.which("clang") and subprocess.run(
        ["clang", "--print-targets"], capture_output=True, text=True).stdout
    if not targets or "thumb" not in targets or not shutil.which("llvm-nm"):
        print("There is no clang for Cortex-M: the file was not compiled for a microcontroller.")
        return
    scratch = Path(directory) / "c"
    headers = scratch / "freestanding"
    headers.mkdir(exist_ok=True)
    # What such a machine's own library declares.
    (headers / "math.h").write_text("#define INFINITY __builtin_inff()\n#define NAN __builtin_nanf(\"\")\n")
    (headers / "string.h").write_text(
        "void *memcpy(void *, const void *, size_t);\nvoid *memset(void *, int, size_t);\n")
    flags = ["--target=thumbv7em-none-eabihf", "-mcpu=cortex-m4", "-ffreestanding", "-Os"]
    flags += ["-DMOONS_LANES=1", "-DMOONS_BLOCK=1", "-Wdouble-promotion", f"-I{headers}"]
    run("clang", *WARNINGS, *flags, "-c", Path(directory) / "moons.float.c", "-o", scratch / "arm.o")
    symbols = subprocess.run(["llvm-nm", "-u", scratch / "arm.o"], capture_output=True, text=True, check=True)
    needed = {line.split()[-1] for line in symbols.stdout.splitlines()}
    # memcpy and memset, by the names of the processor's binary interface too.
    foreign = {name for name in needed if name.lstrip("_").removeprefix("aeabi_")[:6] not in ("memcpy", "memset", "memclr")}
    assert not foreign, foreign
    print(f"moons: compiles for Cortex-M4, and needs {', '.join(sorted(needed)) or 'nothing'}")


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
        if name == "moons":
            check_callers(directory, numbers)
        print(f"{name}: C agrees to {worst:.1e} ({', '.join(compilers)})", flush=True)
    check_microcontroller(directory)


main()
