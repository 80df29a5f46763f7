// The user's own operations, called once for each lane.

extension Machine {
  func custom(_ step: Instruction) {
    guard case .custom(let number) = step.opcode else { return }
    let entry = entry(number)
    forEachPoint(step) { x, y, _, _ in
      for lane in 0..<lanes(of: step.result) {
        y[lane] = entry.value(arguments(x, step, lane))
      }
    }
  }

  func customSlopes(_ step: Instruction) {
    guard case .customSlopes(let number) = step.opcode else { return }
    let entry = entry(number)
    let stride = Int(step.result.strides.length) * lanes(of: step.result)
    forEachPoint(step) { x, shares, y, g in
      for lane in 0..<lanes(of: step.result) {
        let slopes = entry.partials(
          arguments(x, step, lane), y[step.b.isUniform ? 0 : lane])
        let g = g[step.c.isUniform ? 0 : lane]
        put(slopes.map { $0 * g }, at: shares + lane, stride: stride)
      }
    }
  }

  func customCall(_ step: Instruction) {
    guard case .customCall(let number) = step.opcode else { return }
    let operation = entry(number).operation
    let (x, y) = (address(step.a), resultAddress(step))
    let stride = Int(step.result.strides.rows) * lanes(of: step.result)
    for lane in 0..<lanes(of: step.result) {
      put(operation.values(arguments(x, step, lane)), at: y + lane, stride: stride)
    }
  }

  func customPullback(_ step: Instruction) {
    guard case .customPullback(let number) = step.opcode else { return }
    let operation = entry(number).operation
    let (x, shares) = (address(step.a), resultAddress(step))
    let stride = Int(step.result.strides.length) * lanes(of: step.result)
    for lane in 0..<lanes(of: step.result) {
      let derivatives = operation.pullback(
        arguments(x, step, lane), row(step.b, step, lane), row(step.c, step, lane))
      put(derivatives, at: shares + lane, stride: stride)
    }
  }

  private func put(_ numbers: [Double], at place: UnsafeMutablePointer<Double>, stride: Int) {
    for (i, number) in numbers.enumerated() { place[i * stride] = number }
  }

  private func entry(_ number: Int32) -> CustomOutput {
    customOperations._withUnsafeGuaranteedRef { $0.list[Int(number)] }
  }

  private func arguments(
    _ x: UnsafeMutablePointer<Double>, _ step: Instruction, _ lane: Int
  ) -> [Double] {
    (0..<Int(step.counts.length)).map {
      x[$0 * Int(step.a.strides.length) * lanes(of: step.a) + (step.a.isUniform ? 0 : lane)]
    }
  }

  /// The numbers of an operand along the rows.
  private func row(
    _ operand: Instruction.Operand, _ step: Instruction, _ lane: Int
  ) -> [Double] {
    let first = address(operand) + (operand.isUniform ? 0 : lane)
    let stride = Int(operand.strides.rows) * lanes(of: operand)
    return (0..<Int(step.counts.rows)).map { first[$0 * stride] }
  }
}
