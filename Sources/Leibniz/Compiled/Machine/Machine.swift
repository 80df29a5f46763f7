import LeibnizKernels

/// Runs steps on one block of lanes, or on what is uniform: forwards, whatever they compute.
///
/// What an operation computes comes from the primitive table, at `Double` for single numbers and at
/// ``Lanes`` for eight neighbours. Contractions alone have kernels of their own.
struct Machine {
  /// How many lanes a slot has: 1, or a multiple of 8.
  let lanes: Int
  /// The slots that hold a number for each lane.
  let values: UnsafeMutablePointer<Double>
  /// The slots that hold one number.
  let uniform: UnsafeMutablePointer<Double>
  /// Where results that are uniform go: among the lanes, totals that others must not see yet.
  let totals: UnsafeMutablePointer<Double>
  let customOperations: Unmanaged<CustomOperations>
  /// The sample that the first lane is.
  let firstSample: Int
  /// Where to say that an index is not one.
  let failure: UnsafeMutablePointer<Failure>
  /// Who looks at what each step has computed.
  let inspector: Unmanaged<Inspector>?

  /// The first index that is not a whole number in range.
  struct Failure {
    var sample = Int.max
    var index = 0.0
    var count = 0
  }

  func run(_ steps: [Step], isBeforeLanes: Bool = false) {
    if let inspector {
      for step in steps {
        run(step)
        inspector._withUnsafeGuaranteedRef {
          $0.inspect(step.instruction, self, isBeforeLanes: isBeforeLanes)
        }
      }
      return
    }
    steps.withUnsafeBufferPointer { steps in
      for i in steps.indices { run(steps[i]) }
    }
  }

  @inline(__always)
  func run(_ step: Step) {
    switch step.kernel {
    case .map, .mapOfOne: map(step.instruction)
    case .affine: affine(step.instruction)
    case .outerTotals: outerTotals(step.instruction)
    case .product: product(step.instruction)
    case .contract: contract(step.instruction, keepsOrder: false)
    case .contractInOrder: contract(step.instruction, keepsOrder: true)
    case .affineOfOne: affineOfOne(step.instruction)
    case .productOfOne: productOfOne(step.instruction)
    case .zero: zero(step.instruction)
    case .list: list(step.instruction)
    case .gather: gather(step.instruction)
    case .scatter: scatter(step.instruction)
    case .custom: custom(step.instruction)
    case .customSlopes: customSlopes(step.instruction)
    case .customCall: customCall(step.instruction)
    case .customPullback: customPullback(step.instruction)
    }
  }

  @inline(__always)
  func lanes(of operand: Instruction.Operand) -> Int { operand.isUniform ? 1 : lanes }

  @inline(__always)
  func address(_ operand: Instruction.Operand) -> UnsafeMutablePointer<Double> {
    operand.isUniform ? uniform + Int(operand.base) : values + Int(operand.base) * lanes
  }

  @inline(__always)
  func resultAddress(_ step: Instruction) -> UnsafeMutablePointer<Double> {
    step.isUniform ? totals + Int(step.result.base) : values + Int(step.result.base) * lanes
  }

  private func zero(_ step: Instruction) {
    resultAddress(step).update(
      repeating: 0, count: Int(step.counts.rows) * lanes(of: step.result))
  }
}

/// The custom operations of a program, in an object that a machine can point to.
final class CustomOperations: Sendable {
  let list: [CustomOutput]
  init(_ list: [CustomOutput]) { self.list = list }
}
