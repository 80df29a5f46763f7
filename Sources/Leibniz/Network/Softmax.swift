/// Positive numbers that sum to 1, in proportion to exp(xᵢ).
///
/// ```swift
/// softmax([0.0, 0.0])        // [0.5, 0.5]
/// softmax([1000.0, -1000.0]) // [1, 0], without overflow
/// ```
///
/// - Complexity: O(n).
@_specialize(where S == Value)
@_specialize(where S == Double)
public func softmax<S: Scalar>(_ x: [S]) -> [S] { logSoftmax(x).map { $0.exp() } }

/// The logarithms of ``softmax(_:)``, xᵢ − log Σ exp(xⱼ), right where the softmax itself underflows.
///
/// ```swift
/// logSoftmax([1000.0, -1000.0])  // [0, -2000]
/// ```
@_specialize(where S == Value)
@_specialize(where S == Double)
public func logSoftmax<S: Scalar>(_ x: [S]) -> [S] {
  let partition = S.logSumExp(x)
  return x.map { $0 - partition }
}
