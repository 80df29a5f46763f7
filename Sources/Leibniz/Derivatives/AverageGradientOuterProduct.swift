/// The average gradient outer product of a function over samples, (1/n) Σ ∇f(x) ∇f(x)ᵀ: along
/// which directions of its input a function changes.
///
/// ```swift
/// averageGradientOuterProduct(of: { x in x[0] * x[0] + x[1] }, over: [[1.0, 0.0], [2.0, 0.0]])
/// // [[10.0, 3.0], [3.0, 1.0]]
/// ```
///
/// Its diagonal is ``featureImportance(of:over:)-(([Value])->[Value],_)``.
///
/// - Parameters:
///   - f: the function; of several outputs, (1/n) Σ JᵀJ is computed.
///   - samples: points to differentiate at, one at least.
/// - Returns: inputs × inputs, symmetric, positive semidefinite.
/// - Complexity: O(samples · (outputs · operations of `f` + outputs · inputs²)).
///
/// Source: Radhakrishnan, Beaglehole, Pandit and Belkin, *Mechanism for feature learning in neural
/// networks and backpropagation-free machine learning models*, Science, 2024.
public func averageGradientOuterProduct(
  of f: ([Value]) -> [Value], over samples: [[Double]]
) -> [[Double]] {
  let inputs = samples.first?.count ?? 0
  var product = [[Double]](repeating: Array(repeating: 0, count: inputs), count: inputs)
  forEachGradient(of: f, over: samples) { gradient in
    for i in gradient.indices {
      let g = gradient[i] / Double(samples.count)
      for j in gradient.indices { product[i][j] += g * gradient[j] }
    }
  }
  return product
}

/// The average gradient outer product of a function with one output.
///
/// ```swift
/// averageGradientOuterProduct(of: { x in x[0] * x[1] }, over: [[1.0, 2.0]])
/// // [[4.0, 2.0], [2.0, 1.0]]
/// ```
///
/// - Complexity: O(samples · (operations of `f` + inputs²)).
public func averageGradientOuterProduct(
  of f: ([Value]) -> Value, over samples: [[Double]]
) -> [[Double]] {
  averageGradientOuterProduct(of: { [f($0)] }, over: samples)
}

/// How much each coordinate of the input matters to a function: the mean of (∂f/∂xᵢ)² over
/// samples, the diagonal of ``averageGradientOuterProduct(of:over:)-(([Value])->[Value],_)``.
///
/// ```swift
/// featureImportance(of: { x in [x[0] * x[0] + x[1]] }, over: [[1.0, 0.0], [2.0, 0.0]])
/// // [10.0, 1.0]
/// ```
///
/// - Parameters:
///   - f: the function; the squares of several outputs are added.
///   - samples: points to differentiate at, one at least.
/// - Returns: one number for each input: of an image, a picture of the pixels that matter.
/// - Complexity: O(samples · outputs · operations of `f`).
public func featureImportance(
  of f: ([Value]) -> [Value], over samples: [[Double]]
) -> [Double] {
  var importance = [Double](repeating: 0, count: samples.first?.count ?? 0)
  forEachGradient(of: f, over: samples) { gradient in
    for i in gradient.indices { importance[i] += gradient[i] * gradient[i] / Double(samples.count) }
  }
  return importance
}

/// How much each coordinate of the input matters to a function with one output.
///
/// ```swift
/// featureImportance(of: { x in x[0] * x[0] + x[1] }, over: [[1.0, 0.0], [2.0, 0.0]])
/// // [10.0, 1.0]
/// ```
///
/// - Complexity: O(samples · operations of `f`).
public func featureImportance(of f: ([Value]) -> Value, over samples: [[Double]]) -> [Double] {
  featureImportance(of: { [f($0)] }, over: samples)
}

private func forEachGradient(
  of f: ([Value]) -> [Value], over samples: [[Double]], _ body: ([Double]) -> Void
) {
  require(!samples.isEmpty, "An average needs at least one sample.")
  for sample in samples {
    require(
      sample.count == samples[0].count,
      "Samples differ in length: \(samples[0].count) and \(sample.count).")
    let recording = RecordedFunction(at: sample, of: f)
    let outputs = recording.outputs.count
    for i in 0..<outputs { body(recording.pullback(of: unitVector(i, count: outputs))) }
  }
}
