import LeibnizKernels

extension Machine {
  /// How many numbers lie between neighbours along the axes.
  private func strides(_ operand: Instruction.Operand) -> (Int, Int, Int) {
    let lanes = lanes(of: operand)
    return (
      Int(operand.strides.repeats) * lanes, Int(operand.strides.rows) * lanes,
      Int(operand.strides.length) * lanes
    )
  }

  /// One number, of one for all lanes or of a single sample.
  func product(_ step: Instruction) {
    var y = address(step.a).pointee
    if step.b.isPresent { y *= address(step.b).pointee }
    if step.c.isPresent { y += address(step.c).pointee }
    let result = resultAddress(step)
    result.pointee = step.accumulates ? result.pointee + y : y
  }

  func contract(_ step: Instruction, keepsOrder: Bool) {
    var contraction = leibniz_contraction(
      counts: (Int(step.counts.repeats), Int(step.counts.rows), Int(step.counts.length)),
      r: resultAddress(step), rs: strides(step.result), a: address(step.a), as: strides(step.a),
      b: nil, bs: (0, 0, 0), accumulates: step.accumulates, r_has_lanes: !step.isUniform,
      a_has_lanes: !step.a.isUniform, b_has_lanes: false, keeps_order: keepsOrder)
    if step.b.isPresent {
      contraction.b = UnsafePointer(address(step.b))
      contraction.bs = strides(step.b)
      contraction.b_has_lanes = !step.b.isUniform
    }
    if lanes == 1 {
      leibniz_contract1(&contraction)
    } else {
      leibniz_contract(&contraction, lanes)
    }
  }

  /// Calls `body` for each repeat, with how far it stands from the first, and whether its result is
  /// added to what is there.
  @inline(__always)
  private func forEachRepeat(_ step: Instruction, _ body: (_ repeated: Int, Bool) -> Void) {
    let isShared = step.result.strides.repeats == 0
    for repeated in 0..<Int(step.counts.repeats) {
      body(repeated, step.accumulates || (isShared && repeated > 0))
    }
  }

  @inline(__always)
  private func address(
    _ operand: Instruction.Operand, _ repeated: Int
  ) -> UnsafeMutablePointer<Double> {
    address(operand) + repeated * Int(operand.strides.repeats) * lanes(of: operand)
  }

  @inline(__always)
  private func resultAddress(_ step: Instruction, _ repeated: Int) -> UnsafeMutablePointer<Double> {
    resultAddress(step) + repeated * Int(step.result.strides.repeats) * lanes(of: step.result)
  }

  func affine(_ step: Instruction) {
    forEachRepeat(step) { repeated, accumulates in
      leibniz_affine(
        resultAddress(step, repeated), Int(step.result.strides.rows), Int(step.counts.rows),
        Int(step.counts.length), lanes, address(step.a, repeated),
        leibniz_strides(row: Int(step.a.strides.rows), column: Int(step.a.strides.length)),
        address(step.b, repeated), Int(step.b.strides.length),
        step.c.isPresent ? address(step.c, repeated) : nil, Int(step.c.strides.rows),
        accumulates ? 1 : 0)
    }
  }

  func outerTotals(_ step: Instruction) {
    forEachRepeat(step) { repeated, _ in
      leibniz_outer_totals(
        resultAddress(step, repeated),
        leibniz_strides(
          row: Int(step.result.strides.rows), column: Int(step.result.strides.length)),
        Int(step.counts.rows), Int(step.counts.length), lanes, address(step.a, repeated),
        Int(step.a.strides.rows), address(step.b, repeated), Int(step.b.strides.length))
    }
  }

  func affineOfOne(_ step: Instruction) {
    leibniz_affine1(
      resultAddress(step), Int(step.result.strides.repeats), Int(step.counts.repeats),
      Int(step.counts.rows), Int(step.counts.length), address(step.a),
      Int(step.a.strides.repeats), Int(step.a.strides.rows), address(step.b),
      Int(step.b.strides.repeats), step.c.isPresent ? address(step.c) : nil,
      Int(step.c.strides.repeats), Int(step.c.strides.rows), step.accumulates ? 1 : 0)
  }

  func productOfOne(_ step: Instruction) {
    // All rows of the result at once, if the matrix is the same for all.
    let isShared = step.a.strides.repeats == 0 && step.result.strides.repeats != 0
    func product(_ repeated: Int, rows: Int, _ accumulates: Bool) {
      leibniz_product1(
        resultAddress(step, repeated), Int(step.result.strides.repeats), rows,
        Int(step.counts.rows), Int(step.counts.length), address(step.b, repeated),
        leibniz_strides(row: Int(step.b.strides.repeats), column: Int(step.b.strides.length)),
        address(step.a, repeated), Int(step.a.strides.length), accumulates ? 1 : 0)
    }
    if isShared {
      product(0, rows: Int(step.counts.repeats), step.accumulates)
    } else {
      forEachRepeat(step) { product($0, rows: 1, $1) }
    }
  }
}
