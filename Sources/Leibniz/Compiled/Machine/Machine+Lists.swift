// Operations on lists that are not contractions: rows of the table for any number of arguments.

extension Machine {
  func list(_ step: Instruction) {
    guard case .nary(let f) = step.opcode else { return }
    if lanes(of: step.result) == 1 {
      if step.counts.rows > 2 { rows(f, step) } else { list(f, step, Double.self) }
    } else {
      list(f, step, Lanes.self)
    }
  }

  @inline(__always)
  private func list<N: LaneNumber>(_ f: NaryFunction, _ step: Instruction, _: N.Type) {
    let count = Int(step.counts.length)
    let stride = Int(step.a.strides.length) * lanes(of: step.a)
    forEachPoint(step) { x, y, _, _ in
      for lane in Swift.stride(from: 0, to: lanes(of: step.result), by: N.width) {
        let result: N = f.value(count: count) {
          step.a.isUniform ? N((x + $0 * stride).pointee) : N(at: x + $0 * stride + lane)
        }
        result.store(at: y + lane)
      }
    }
  }

  /// Eight rows of one sample at once.
  private func rows(_ f: NaryFunction, _ step: Instruction) {
    let count = Int(step.counts.length)
    let (next, stride) = (Int(step.a.strides.rows), Int(step.a.strides.length))
    for repeated in 0..<Int(step.counts.repeats) {
      let x = address(step.a) + repeated * Int(step.a.strides.repeats)
      let y = resultAddress(step) + repeated * Int(step.result.strides.repeats)
      for row in Swift.stride(from: 0, to: Int(step.counts.rows), by: 8) {
        let left = Int(step.counts.rows) - row
        let result: Lanes = f.value(count: count) {
          Lanes(at: x + row * next + $0 * stride, stride: next, count: left)
        }
        let to = Int(step.result.strides.rows)
        result.store(at: y + row * to, stride: to, count: left)
      }
    }
  }

  /// Calls `body` for each row with where its list, its result, and the other operands begin.
  @inline(__always)
  func forEachPoint(
    _ step: Instruction,
    _ body: (
      _ a: UnsafeMutablePointer<Double>, _ result: UnsafeMutablePointer<Double>,
      _ b: UnsafeMutablePointer<Double>, _ c: UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    for repeated in 0..<Int(step.counts.repeats) {
      for row in 0..<Int(step.counts.rows) {
        @inline(__always)
        func offset(_ operand: Instruction.Operand) -> Int {
          (repeated * Int(operand.strides.repeats) + row * Int(operand.strides.rows))
            * lanes(of: operand)
        }
        let a = address(step.a) + offset(step.a)
        body(
          a, resultAddress(step) + offset(step.result),
          step.b.isPresent ? address(step.b) + offset(step.b) : a,
          step.c.isPresent ? address(step.c) + offset(step.c) : a)
      }
    }
  }
}
