import LeibnizKernels

/// The comparisons of values that a closure makes while it is recorded.
///
/// A comparison leaves nothing in a graph, so those who want to know of it must be asked. They are found
/// by the thread, on which the closure runs from its first line to its last; nobody is, outside of it.
final class ComparisonRecorder {
  private(set) var comparisons: [Comparison] = []
  /// The recording that this one is part of, which goes on after it.
  private let outer: UnsafeMutableRawPointer?

  /// Two values with what was asked and what was found.
  struct Comparison {
    let left: Value
    let relation: Program.Branch.Relation
    let right: Value
    let held: Bool
  }

  private init(inside outer: UnsafeMutableRawPointer?) { self.outer = outer }

  /// What a closure gives, and the comparisons that it made.
  static func recording(_ closure: () -> [Value]) -> (outputs: [Value], comparisons: [Comparison]) {
    let recorder = ComparisonRecorder(inside: leibniz_get_recorder())
    return withExtendedLifetime(recorder) {
      leibniz_set_recorder(Unmanaged.passUnretained(recorder).toOpaque())
      defer { leibniz_set_recorder(recorder.outer) }
      return (closure(), recorder.comparisons)
    }
  }

  /// Tells the recording of this thread, if there is one, of a comparison.
  @inline(__always)
  static func note(
    _ left: Value, _ relation: Program.Branch.Relation, _ right: @autoclosure () -> Value,
    _ held: Bool
  ) -> Bool {
    if let recorder = leibniz_get_recorder() { note(left, relation, right(), held, recorder) }
    return held
  }

  @inline(never)
  private static func note(
    _ left: Value, _ relation: Program.Branch.Relation, _ right: Value, _ held: Bool,
    _ recorder: UnsafeMutableRawPointer
  ) {
    // Between constants it can come out in one way only.
    if left.isConstant && right.isConstant { return }
    Unmanaged<ComparisonRecorder>.fromOpaque(recorder).takeUnretainedValue().comparisons.append(
      Comparison(left: left, relation: relation, right: right, held: held))
  }
}
