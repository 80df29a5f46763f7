/// Where states are kept, so that a simulation can be gone through backwards in little memory.
///
/// With c states kept, β(c, r) = (c + r)! / (c! r!) steps can be reversed by taking none of them forwards
/// more than r times; no schedule needs fewer steps.
///
/// Source: Griewank and Walther, *Algorithm 799: Revolve*, 2000, section 2.
struct BinomialSchedule: Sendable {
  let steps: Int
  /// How many states are kept, the first one included.
  let storage: Int

  /// - Parameter storage: by default as many as take no step forwards more than twice, √(2 steps).
  init(steps: Int, storage: Int? = nil) {
    self.steps = steps
    let root = (Double(8 * steps + 1).squareRoot() - 3) / 2
    self.storage = max(1, storage ?? Int(root.rounded(.up)))
  }

  /// How many of the next steps to take before the state is kept again.
  ///
  /// - Parameters:
  ///   - length: the steps from the last state kept to the end of what is still to be reversed.
  ///   - free: how many more states can be kept.
  static func stride(length: Int, free: Int) -> Int {
    let kept = free + 1
    // The least r with β(kept, r) ≥ length; the part before the next state is taken once more.
    var (r, reach, last, secondLast) = (0, 1, 0, 0)
    while reach < length {
      r += 1
      (secondLast, last, reach) = (last, reach, product(reach, kept + r, dividedBy: r))
    }
    // β(kept − 1, r) = β(kept, r) − β(kept, r − 1).
    return min(max(1, secondLast, length - (reach - last)), length - 1)
  }

  /// Past the range of numbers there is no simulation as long.
  private static func product(_ a: Int, _ b: Int, dividedBy c: Int) -> Int {
    let (product, overflows) = a.multipliedReportingOverflow(by: b)
    return overflows ? .max : product / c
  }
}

/// A step of a simulation with all that it takes besides the state.
protocol SimulationStep {
  /// Takes a step in place.
  mutating func advance(_ state: inout [Double], step: Int)

  /// Turns the cotangent of the state after a step into that of the state before, and adds to the
  /// derivatives by what else the step takes.
  mutating func pullBack(_ cotangent: inout [Double], from state: [Double], step: Int)
}
