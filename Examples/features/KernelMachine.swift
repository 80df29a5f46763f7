import Leibniz

/// Kernel ridge regression: f(x) = Σᵢ αᵢ k(x, xᵢ) with the Laplace kernel k = exp(−d(x, xᵢ) / width).
///
/// The distance d² = (x − xᵢ)ᵀ M (x − xᵢ) has a metric M. By itself that is the identity; a recursive
/// feature machine sets it to the average gradient outer product of the function that it has found, and
/// begins again.
///
/// Source: Radhakrishnan, Beaglehole, Pandit and Belkin, *Mechanism for feature learning in neural
/// networks and backpropagation-free machine learning models*, Science, 2024.
struct KernelMachine {
  /// M = A Aᵀ, given by Aᵀ.
  private let root: [[Double]]
  /// Aᵀ xᵢ for each sample.
  private let centres: [[Double]]
  private let weights: [Double]
  private static let width = 5.0

  /// Fits samples with a metric.
  ///
  /// - Parameter ridge: what is added to the kernel of a sample with itself: against noise.
  init(
    _ samples: [[Double]], _ targets: [Double], metric: [[Double]], ridge: Double
  ) throws {
    // A metric of few directions is semidefinite: a little more on its diagonal has a root.
    var padded = Matrix(metric)
    for i in metric.indices { padded[i, i] += 1e-9 }
    let lower = try Cholesky<Double>(padded).lower
    root = (0..<metric.count).map { lower.column($0) }
    let (root, count) = (root, samples.count)
    centres = samples.map { x in root.map { Double.dot($0, x) } }
    var kernel = Matrix<Double>.identity(count)
    for i in 0..<count {
      for j in 0..<count {
        kernel[i, j] = KernelMachine.kernel(centres[i], centres[j]) + (i == j ? ridge : 0)
      }
    }
    weights = try Cholesky<Double>(kernel).solve(targets)
  }

  /// The prediction for a sample: plain numbers, or nodes that can be differentiated.
  func callAsFunction<S: Scalar>(_ x: [S]) -> S {
    let place = root.map { S.dot($0.map(S.constant), x) }
    return .dot(
      weights.map(S.constant), centres.map { KernelMachine.kernel(place, $0.map(S.constant)) })
  }

  /// Round at its tip, where the distance itself has no derivative.
  private static func kernel<S: Scalar>(_ x: [S], _ y: [S]) -> S {
    let difference = zip(x, y).map { $0 - $1 }
    return (-(S.dot(difference, difference) + 1e-4).sqrt() / width).exp()
  }
}
