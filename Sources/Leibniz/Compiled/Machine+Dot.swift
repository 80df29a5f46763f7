import LeibnizKernels

// Dot products by kernels: with uniform factors first they are products of a matrix and a vector of
// lanes, where networks spend their time.

extension Machine {
  func forwardDot(_ step: Instruction) {
    let lanes = lanes(of: step)
    let (rows, length) = (Int(step.rows), Int(step.length))
    let isMatrix = step.a.isUniform
    let takesBias = isMatrix && step.c.isPresent && step.c.isUniform
    if isMatrix {
      forEachMatrix(step) { row, count in
        leibniz_affine(
          resultValue(step, row), count, length, lanes, address(step.a, row), strides(step.a),
          address(step.b, row), Int(step.b.stride), takesBias ? address(step.c, row) : nil,
          Int(step.c.rowStride))
      }
    } else {
      leibniz_dot(
        resultValue(step, 0), rows, length, lanes, address(step.a, 0), strides(step.a),
        address(step.b, 0), strides(step.b))
    }
    if step.c.isPresent && !takesBias {
      for row in 0..<rows {
        let (y, bias) = (resultValue(step, row), address(step.c, row))
        for lane in 0..<lanes { y[lane] += bias[step.c.isUniform ? 0 : lane] }
      }
    }
  }

  func reverseDot(_ step: Instruction) {
    let lanes = lanes(of: step)
    let (rows, length) = (Int(step.rows), Int(step.length))
    let (first, second, bias) = (isWanted(step.a), isWanted(step.b), isWanted(step.c))
    let isMatrix = step.a.isUniform
    let givesBias = isMatrix && bias && step.c.isUniform
    if isMatrix {
      forEachMatrix(step) { row, count in
        if second {
          leibniz_affine_by_input(
            gradientAddress(step.b, row), count, length, lanes, address(step.a, row),
            strides(step.a), resultGradient(step, row), Int(step.b.stride))
        }
        if first || givesBias {
          leibniz_affine_by_weight(
            first ? gradientAddress(step.a, row) : nil,
            givesBias ? gradientAddress(step.c, row) : nil, count, length, lanes,
            strides(step.a), Int(step.c.rowStride), resultGradient(step, row),
            address(step.b, row), Int(step.b.stride))
        }
      }
    } else {
      if first {
        leibniz_dot_by_factor(
          gradientAddress(step.a, 0), rows, length, lanes, strides(step.a),
          resultGradient(step, 0), address(step.b, 0), strides(step.b))
      }
      if second {
        leibniz_dot_by_factor(
          gradientAddress(step.b, 0), rows, length, lanes, strides(step.b),
          resultGradient(step, 0), address(step.a, 0), strides(step.a))
      }
    }
    if bias && !givesBias {
      for row in 0..<rows {
        let (g, bar) = (resultGradient(step, row), gradientAddress(step.c, row))
        for lane in 0..<lanes { bar[step.c.isUniform ? 0 : lane] += g[lane] }
      }
    }
  }

  private func strides(_ operand: Instruction.Operand) -> leibniz_strides {
    leibniz_strides(row: Int(operand.rowStride), column: Int(operand.stride))
  }

  /// Calls `body` for all rows at once where they share their input, else for each row.
  private func forEachMatrix(_ step: Instruction, _ body: (_ row: Int, _ count: Int) -> Void) {
    if step.b.rowStride == 0 {
      body(0, Int(step.rows))
    } else {
      for row in 0..<Int(step.rows) { body(row, 1) }
    }
  }
}
