/// An input for which a score is high: what a class looks like to a network.
///
/// maximises f(x) − decay · Σ xᵢ² over inputs whose coordinates are in a range.
///
/// ```swift
/// let peak = inputMaximizing({ x in 4 * x[0] - x[0] * x[0] }, from: [0.5], in: 0...5)
/// peak  // near 2
/// ```
///
/// - Parameters:
///   - f: the score.
///   - start: where to begin.
///   - range: the least and the largest number of a coordinate.
///   - decay: what a coordinate costs that the score does not need.
///   - steps: of Adam, each of which may move a coordinate by the learning rate.
///   - learningRate: in the units of the coordinates.
/// - Complexity: O(steps · operations of `f`).
///
/// Source: Erhan, Bengio, Courville and Vincent, *Visualizing higher-layer features of a deep network*,
/// 2009.
public func inputMaximizing(
  _ f: ([Value]) -> Value, from start: [Double], in range: ClosedRange<Double>, decay: Double = 0,
  steps: Int = 200, learningRate: Double = 0.05
) -> [Double] {
  let x = start.map { Value($0) }
  let optimizer = Adam(x, learningRate: learningRate)
  for _ in 0..<steps {
    optimizer.zeroGrad()
    (decay * Value.dot(x, x) - f(x)).backward()
    optimizer.step()
    for coordinate in x {
      coordinate.data = min(max(coordinate.data, range.lowerBound), range.upperBound)
    }
  }
  return x.map { $0.data }
}
