/// Looks at what each step has computed, in a run that is asked for its first number that is not
/// finite.
///
/// Values and derivatives are looked at, not what rules compute on the way to them: a rule may go by
/// an infinity that it knows how to handle.
final class Inspector {
  /// The first number that is not finite.
  struct Finding {
    let instruction: Instruction
    let slot: Int32
    let sample: Int
    let number: Double
    let isGradient: Bool
  }

  private(set) var finding: Finding?
  private let valueSlots: Int32
  private let samples: Int

  /// - Parameters:
  ///   - valueSlots: how many lane slots hold values; derivatives follow.
  ///   - samples: how many samples there are.
  init(valueSlots: Int32, samples: Int) {
    self.valueSlots = valueSlots
    self.samples = samples
  }

  func inspect(_ step: Instruction, _ machine: Machine, isBeforeLanes: Bool) {
    let isValue = step.isUniform ? isBeforeLanes : step.result.base < valueSlots
    guard finding == nil, isValue || step.accumulates else { return }
    let lanes = machine.lanes(of: step.result)
    let memory = step.isUniform ? machine.totals : machine.values
    step.result.forEachSlot(step.countsOfResult) { slot in
      for lane in 0..<lanes where machine.firstSample + lane < samples || step.isUniform {
        let number = memory[slot * lanes + lane]
        if !number.isFinite && finding == nil {
          finding = Finding(
            instruction: step, slot: Int32(slot), sample: machine.firstSample + lane,
            number: number, isGradient: !isValue)
        }
      }
    }
  }
}
