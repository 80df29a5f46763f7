/// What a recurrent network does with each part of a sequence: ``GRUCell``, ``LSTMCell``, or one's own.
public protocol RecurrentCell {
  /// How many numbers it reads at each step.
  var inputs: Int { get }
  /// How many numbers it gives at each step: the first ones of its state.
  var outputs: Int { get }
  /// How many numbers it remembers from step to step; zeros before the first.
  var stateCount: Int { get }
  /// The parameters.
  var tensors: [NamedTensor] { get }
  /// The state after a step.
  func state<S: NetworkScalar>(after state: [S], reading x: [S]) -> [S]
}

/// A recurrent cell applied along a sequence: the same weights at each step.
///
/// ```swift
/// let model = Sequential([
///   Recurrent(GRUCell(inputs: 3, outputs: 16, using: &generator)),
///   Layer(inputs: 16, outputs: 1, using: &generator),
/// ])
/// model([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])  // a sequence of two steps, three numbers each
/// ```
///
/// The sequence is one array, step after step; sequences may differ in length. The outputs are those of
/// the last step, or those of all, step after step.
///
/// Source: Elman, *Finding structure in time*, 1990.
public struct Recurrent<Cell: RecurrentCell>: Module {
  /// What is applied at each step.
  public let cell: Cell
  /// Whether the outputs of all steps are given, not of the last alone.
  public let givesAllSteps: Bool

  /// A cell along a sequence.
  public init(_ cell: Cell, givesAllSteps: Bool = false) {
    self.cell = cell
    self.givesAllSteps = givesAllSteps
  }

  /// The cell's tensors, inside `cell`.
  public var tensors: [NamedTensor] { cell.tensors.prefixed(with: "cell") }

  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    var state = [S](repeating: .constant(0), count: cell.stateCount)
    var outputs: [S] = []
    for step in x.rows(of: cell.inputs) {
      state = cell.state(after: state, reading: step)
      if givesAllSteps { outputs += state[..<cell.outputs] }
    }
    return givesAllSteps ? outputs : Array(state[..<cell.outputs])
  }
}

extension Array {
  /// The elements as rows of a width, such as the steps of a sequence, or the logits of each.
  ///
  /// ```swift
  /// [1, 2, 3, 4, 5, 6].rows(of: 3)  // [[1, 2, 3], [4, 5, 6]]
  /// ```
  ///
  /// - Precondition: the width divides the count.
  public func rows(of width: Int) -> [[Element]] {
    require(
      width > 0 && count % width == 0, "\(count) numbers cannot be divided into rows of \(width).")
    return stride(from: 0, to: count, by: width).map { Array(self[$0..<$0 + width]) }
  }
}
