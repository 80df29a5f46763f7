extension Program {
  /// A comparison of values that shaped the program while it was recorded.
  public struct Branch: Sendable, Equatable, CustomStringConvertible {
    /// How two values are compared.
    public enum Relation: String, Sendable {
      case less = "<"
      case lessOrEqual = "≤"
      case greater = ">"
      case greaterOrEqual = "≥"

      /// Whether it holds between two numbers.
      public func holds(_ x: Double, _ y: Double) -> Bool {
        switch self {
        case .less: x < y
        case .lessOrEqual: x <= y
        case .greater: x > y
        case .greaterOrEqual: x >= y
        }
      }
    }

    /// The value on the left, by its label, its place among the inputs, its number or its operation.
    public let left: String
    /// What was asked.
    public let relation: Relation
    /// The value on the right.
    public let right: String
    /// What was found when the program was recorded, and is kept by it.
    public let held: Bool

    /// The comparison, and what was found.
    public var description: String { "\(left) \(relation.rawValue) \(right) was \(held)" }
  }

  /// The comparisons of values that were made while the program was recorded from a closure, in order.
  ///
  /// ```swift
  /// let program = try Program(inputs: 1) { x in x[0] > 1 ? [x[0] - 1] : [0.5 * x[0]] }
  /// program.branches                                              // [input 0 > 1.0 was false]
  /// try program.otherBranches(program.samples([[0.5], [2], [1]]))  // [nil, Optional(0), nil]
  /// ```
  ///
  /// The program keeps the branch that each of them chose. Comparisons of ``Value`` are recorded; what is
  /// decided on ``Value/data`` is not, and ``check(samples:tolerance:recording:)`` finds it.
  public var branches: [Branch] { guards?.branches ?? [] }

  /// For each sample the first of ``branches`` where the code would go another way than the program,
  /// `nil` where it would not.
  ///
  /// What comes after that place need not come at all for this sample.
  ///
  /// - Parameters:
  ///   - samples: a number for each input, sample by sample.
  ///   - threads: how many threads to use at the most.
  /// - Throws: ``ProgramError/wrongSampleWidth(expected:found:sample:)``.
  /// - Complexity: One run of a program that computes what is compared.
  public func otherBranches(_ samples: Samples, threads: Int = 1) throws(ProgramError) -> [Int?] {
    try graph.check(samples)
    guard let guards else { return samples.map { _ in nil } }
    return try guards.operands(samples, threads: threads).map { numbers in
      guards.branches.indices.first { i in
        let (left, right) = (guards.number(2 * i, numbers), guards.number(2 * i + 1, numbers))
        return guards.branches[i].relation.holds(left, right) != guards.branches[i].held
      }
    }
  }

  /// Throws where the code would go another way than the program.
  ///
  /// - Throws: ``ProgramError/takesAnotherBranch(sample:branch:)`` at the first such sample.
  public func checkBranches(_ samples: Samples, threads: Int = 1) throws(ProgramError) {
    for (sample, place) in try otherBranches(samples, threads: threads).enumerated() {
      if let place { throw .takesAnotherBranch(sample: sample, branch: branches[place]) }
    }
  }
}

/// The comparisons that shaped a program, with a program for what they compare.
struct Guards {
  let branches: [Program.Branch]
  private let program: Program
  /// Where the numbers compared stand among the outputs of the program; constants are not among them.
  private let operands: [Operand]

  private enum Operand {
    case output(Int)
    case constant(Double)
  }

  /// `nil` where nothing was compared.
  init?(
    _ comparisons: [ComparisonRecorder.Comparison], inputs: [Value], parameters: [Value]
  ) throws(ProgramError) {
    if comparisons.isEmpty { return nil }
    var (outputs, operands): ([Value], [Operand]) = ([], [])
    for comparison in comparisons {
      for value in [comparison.left, comparison.right] {
        operands.append(value.isConstant ? .constant(value.data) : .output(outputs.count))
        if !value.isConstant { outputs.append(value) }
      }
    }
    self.operands = operands
    program = try Program(outputs: outputs, inputs: inputs, parameters: parameters)
    let places = Dictionary(
      uniqueKeysWithValues: inputs.enumerated().map { ($1.node, $0) })
    branches = comparisons.map {
      Program.Branch(
        left: Guards.name($0.left, places), relation: $0.relation,
        right: Guards.name($0.right, places), held: $0.held)
    }
  }

  private static func name(_ value: Value, _ inputs: [Node: Int]) -> String {
    if !value.label.isEmpty { return value.label }
    if let input = inputs[value.node] { return "input \(input)" }
    return value.operation.map { "(\($0))" } ?? (value.isConstant ? "\(value.data)" : "a parameter")
  }

  /// What the comparisons compare, but for constants.
  func operands(_ samples: Samples, threads: Int) throws(ProgramError) -> [[Double]] {
    try program(samples, threads: threads)
  }

  /// The number of an operand: the left and the right one of each comparison in turn.
  func number(_ i: Int, _ numbers: [Double]) -> Double {
    switch operands[i] {
    case .output(let place): numbers[place]
    case .constant(let number): number
    }
  }
}
