extension Machine {
  func gather(_ step: Instruction) {
    let stride = Int(step.b.strides.length) * lanes(of: step.b)
    forEachPoint(step) { index, result, table, _ in
      for lane in 0..<lanes(among: step) {
        let entry = entry(index[step.a.isUniform ? 0 : lane], step, lane)
        let number =
          entry.map { table[$0 * stride + (step.b.isUniform ? 0 : lane)] } ?? .nan
        let place = step.isUniform ? 0 : lane
        result[place] =
          step.accumulates || (lane > 0 && step.isUniform)
          ? result[place] + number : number
      }
    }
  }

  func scatter(_ step: Instruction) {
    let stride = Int(step.result.strides.length) * lanes(of: step.result)
    forEachPoint(step) { index, table, _, share in
      for lane in 0..<lanes(among: step) {
        guard let entry = entry(index[step.a.isUniform ? 0 : lane], step, lane) else { continue }
        table[entry * stride + (step.isUniform ? 0 : lane)] += share[step.c.isUniform ? 0 : lane]
      }
    }
  }

  /// The lanes that take part: all, unless nothing in the step differs from lane to lane.
  private func lanes(among step: Instruction) -> Int {
    var count = lanes(of: step.result)
    step.forEachOperand { count = max(count, lanes(of: $0)) }
    return count
  }

  private func entry(_ index: Double, _ step: Instruction, _ lane: Int) -> Int? {
    let count = Int(step.counts.length)
    if let entry = Int(exactly: index), entry >= 0, entry < count { return entry }
    if firstSample + lane < failure.pointee.sample {
      failure.pointee = Failure(sample: firstSample + lane, index: index, count: count)
    }
    return nil
  }
}
