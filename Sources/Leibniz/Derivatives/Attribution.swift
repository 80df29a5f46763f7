/// How much a number changes with each coordinate of its input: |∂f/∂xᵢ|.
///
/// ```swift
/// saliency(of: { x in x[0] * x[0] - 3 * x[1] }, at: [1, 5])  // [2.0, 3.0]
/// ```
///
/// Of an image, a picture of the pixels to which the score of a class reacts.
///
/// - Parameters:
///   - f: the score.
///   - x: the input to explain.
/// - Complexity: O(operations of `f`).
///
/// Source: Simonyan, Vedaldi and Zisserman, *Deep inside convolutional networks: visualising image
/// classification models and saliency maps*, 2014.
public func saliency(of f: ([Value]) -> Value, at x: [Double]) -> [Double] {
  gradient(at: x, of: f).map { $0.magnitude }
}

/// What each coordinate of an input contributes to a score, against a baseline.
///
/// aᵢ = (xᵢ − bᵢ) ∫₀¹ ∂f/∂xᵢ (b + t (x − b)) dt.
///
/// ```swift
/// let parts = integratedGradients(of: { x in x[0] * x[1] }, at: [2, 3], from: [0, 0])
/// parts  // [3.0, 3.0]
/// ```
///
/// Attributions are complete: together they are f(x) − f(b). The integral is computed by the midpoint
/// rule on parts of the way, each of which is halved until that holds on it; so kinks, as of relu, cost
/// little.
///
/// - Parameters:
///   - f: the score.
///   - x: the input to explain.
///   - baseline: an input that says nothing, such as a blank image.
///   - tolerance: how far the sum may be from f(x) − f(b), in parts of it, or of 1 if that is less.
/// - Returns: a number for each coordinate.
/// - Complexity: O(parts of the way · operations of `f`).
///
/// Source: Sundararajan, Taly and Yan, *Axiomatic attribution for deep networks*, 2017.
public func integratedGradients(
  of f: ([Value]) -> Value, at x: [Double], from baseline: [Double], tolerance: Double = 1e-4
) -> [Double] {
  requireEqualLengths(x.count, baseline.count)
  func point(_ t: Double) -> [Double] { zip(baseline, x).map { $0 + t * ($1 - $0) } }
  func score(_ t: Double) -> Double { f(point(t).map(Value.constant)).data }
  let count = 8
  let scores = (0...count).map { score(Double($0) / Double(count)) }
  let allowed = tolerance * max((scores[count] - scores[0]).magnitude, 1) / 2
  var attributions = [Double](repeating: 0, count: x.count)
  var parts: [(from: Double, to: Double, rise: Double)] = []
  for i in 0..<count {
    let (from, to) = (Double(i) / Double(count), Double(i + 1) / Double(count))
    parts.append((from, to, scores[i + 1] - scores[i]))
  }
  while let part = parts.popLast() {
    let (middle, width) = ((part.from + part.to) / 2, part.to - part.from)
    let (value, slopes) = valueWithGradient(at: point(middle), of: f)
    let rises = x.indices.map { (i: Int) -> Double in slopes[i] * (x[i] - baseline[i]) * width }
    let error = (rises.reduce(0, +) - part.rise).magnitude
    // Few parts have a kink; they may be off by more than their share, until they are tiny.
    if error > allowed * max(width, 1 / 256), width > 0x1p-40 {
      let first = value - score(part.from)
      parts.append((part.from, middle, first))
      parts.append((middle, part.to, part.rise - first))
    } else {
      for i in x.indices { attributions[i] += rises[i] }
    }
  }
  return attributions
}
