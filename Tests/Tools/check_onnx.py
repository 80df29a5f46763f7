"""Holds exported ONNX models against Leibniz's numbers.

    python3 Tests/Tools/check_onnx.py DIRECTORY
"""

import sys

import numpy
import onnx
import onnxruntime
from exported_cases import cases, difference

# onnxruntime has no kernels of 64 bits for these, and runs them with 32 bits alone.
SINGLE = {"unary", "list", "curvature", "third", "random1", "random2", "random3", "walked"}


def main():
    directory = sys.argv[1]
    for name, numbers in cases(directory):
        for precision, dtype, limit in [("double", numpy.float64, 1e-12), ("float", numpy.float32, 2e-4)]:
            path = f"{directory}/{name}.{precision}.onnx"
            try:
                model = onnx.load(path)
            except FileNotFoundError:
                continue
            onnx.checker.check_model(model, full_check=True)
            if precision == "double" and name in SINGLE:
                continue
            session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
            exact, expected = numbers["samples"], numbers["values"]
            with numpy.errstate(over="ignore"):
                samples = exact.astype(dtype)
            found = session.run(None, {"samples": samples})[0]
            if name in ("unary", "list"):
                # At moderate numbers: 32 bits hold no others.
                few = numpy.all(
                    (abs(exact) < (15 if name == "unary" else 800)) & ((abs(exact) > 1e-9) | (exact == 0)),
                    axis=1,
                )
                found, expected = found[few], expected[few]
                found, expected = numpy.nan_to_num(found), numpy.nan_to_num(expected)
                found, expected = (numpy.clip(x, -1e6, 1e6) for x in (found, expected))
            scale = numpy.maximum(1, abs(expected))
            error = (abs(found - expected) / scale).max()
            if not error <= limit:
                raise SystemExit(f"{name}: ONNX of {precision} differs by {error:.1e}")
            print(f"{name}: ONNX of {precision} agrees to {error:.1e}", flush=True)
        if name == "moons":
            names = {tensor.name for tensor in model.graph.initializer}
            assert {"layers.0.weight", "layers.0.bias", "layers.2.weight"} <= names, names
            kinds = [node.op_type for node in model.graph.node]
            assert "Gemm" in kinds and "Relu" in kinds, kinds


main()
