extension Machine {
  func gather(_ step: Instruction) {
    let stride = Int(step.b.strides.length) * lanes(of: step.b)
    forEachEntry(step) { entry, lane, result, table, _ in
      let number = entry.map { table[$0 * stride + (step.b.isUniform ? 0 : lane)] } ?? .nan
      let place = step.isUniform ? 0 : lane
      result[place] =
        step.accumulates || (lane > 0 && step.isUniform) ? result[place] + number : number
    }
  }

  func scatter(_ step: Instruction) {
    let stride = Int(step.result.strides.length) * lanes(of: step.result)
    forEachEntry(step) { entry, lane, table, _, share in
      guard let entry else { return }
      table[entry * stride + (step.isUniform ? 0 : lane)] += share[step.c.isUniform ? 0 : lane]
    }
  }

  /// Calls `body` for each point and each lane that takes part, with the entry that its index takes.
  /// Rows that share their index are told the same entry, found once.
  @inline(__always)
  private func forEachEntry(
    _ step: Instruction,
    _ body: (
      _ entry: Int?, _ lane: Int,
      _ result: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>,
      _ c: UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    var rowOfEach = step
    rowOfEach.counts.rows = 1
    let isShared = step.a.strides.rows == 0
    let count = lanes(among: step)
    func offset(_ operand: Instruction.Operand) -> Int {
      Int(operand.strides.rows) * lanes(of: operand)
    }
    let (result, a, b, c) = (offset(step.result), offset(step.a), offset(step.b), offset(step.c))
    forEachPoint(rowOfEach) { x, y, z, u in
      for lane in 0..<count {
        let place = step.a.isUniform ? 0 : lane
        var taken = entry(x[place], step, lane)
        for row in 0..<Int(step.counts.rows) {
          let index = x + row * a
          if row > 0 && !isShared { taken = entry(index[place], step, lane) }
          body(taken, lane, y + row * result, z + row * b, u + row * c)
        }
      }
    }
  }

  /// The lanes that take part: all, unless nothing in the step differs from lane to lane.
  private func lanes(among step: Instruction) -> Int {
    var count = lanes(of: step.result)
    step.forEachOperand { count = max(count, lanes(of: $0)) }
    return count
  }

  @inline(__always)
  private func entry(_ index: Double, _ step: Instruction, _ lane: Int) -> Int? {
    let count = Int(step.counts.length)
    if let entry = Int(exactly: index), entry >= 0, entry < count { return entry }
    if firstSample + lane < failure.pointee.sample {
      failure.pointee = Failure(sample: firstSample + lane, index: index, count: count)
    }
    return nil
  }
}
