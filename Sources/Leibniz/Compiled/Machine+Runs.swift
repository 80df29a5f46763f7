// What of an instruction is worked on at a time: all rows at once where they are neighbours.

extension Machine {
  /// Calls `body` for the rows of an operation of one or two operands: once for all of them, where
  /// the operands of neighbours are neighbours or the same.
  @inline(__always)
  func forEachRun(_ step: Instruction, _ body: (Run) -> Void) {
    let lanes = lanes(of: step)
    func isNeighbourly(_ operand: Instruction.Operand) -> Bool {
      !operand.isPresent || (operand.rowStride == 1 && operand.isUniform == step.isUniform)
    }
    if lanes == 1 {
      body(run(step, 0, count: Int(step.rows)) { Int($0.rowStride) })
    } else if step.rows > 1 && isNeighbourly(step.a) && isNeighbourly(step.b) {
      body(run(step, 0, count: Int(step.rows) * lanes) { _ in 1 })
    } else {
      for row in 0..<Int(step.rows) {
        body(run(step, row, count: lanes) { $0.isUniform ? 0 : 1 })
      }
    }
  }

  @inline(__always)
  private func run(
    _ step: Instruction, _ row: Int, count: Int, stride: (Instruction.Operand) -> Int
  ) -> Run {
    func place(_ operand: Instruction.Operand) -> Run.Place {
      Run.Place(
        values: address(operand, row), gradients: gradientAddress(operand, row),
        stride: stride(operand))
    }
    let result = Run.Place(
      values: resultValue(step, row), gradients: resultGradient(step, row), stride: 1)
    return Run(
      count: count, result: result, a: place(step.a), b: step.b.isPresent ? place(step.b) : result)
  }

  @inline(__always)
  func forEach(_ step: Instruction, _ body: (_ row: Int, _ lane: Int) -> Void) {
    for row in 0..<Int(step.rows) {
      for lane in stride(from: 0, to: lanes(of: step), by: T.width) { body(row, lane) }
    }
  }

  /// Calls `body` for every lane with the arguments of a custom operation and its result's row.
  func forEachSample(
    _ step: Instruction,
    _ body: (_ x: [Double], _ y: UnsafeMutablePointer<Double>, _ lane: Int) -> Void
  ) {
    for lane in 0..<lanes(of: step) {
      let x = (0..<Int(step.length)).map {
        address(step.a, 0, $0)[step.a.isUniform ? 0 : lane]
      }
      body(x, resultValue(step, 0), lane)
    }
  }
}
