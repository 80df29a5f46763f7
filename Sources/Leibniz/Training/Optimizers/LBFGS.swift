/// Quasi-Newton descent for smooth losses over the full batch: it learns the curvature from the
/// last few steps, and searches along each direction until the strong Wolfe conditions hold.
///
/// ```swift
/// let x = Value(-1.2), y = Value(1)
/// let optimizer = LBFGS([x, y])
/// optimizer.minimize { (1 - x).power(2) + 100 * (y - x * x).power(2) }
/// // x and y are 1 to ten digits, after about 40 iterations
/// ```
///
/// It evaluates the loss several times per step and needs the same loss each time, so it is not for
/// mini-batches. It is not an ``Optimizer``, whose steps use a single gradient.
///
/// A call of ``minimize(iterations:tolerance:_:)`` goes on where the last one ended: a hundred
/// calls of one iteration are one call of a hundred. So does, bit for bit, a minimiser
/// restored from a checkpoint with `load(from:)`.
///
/// Source: Liu and Nocedal, *On the limited memory BFGS method for large scale optimization*, 1989.
public final class LBFGS {
  /// What is changed.
  public let parameters: [Value]
  /// The first step tried along each direction, as a fraction of the Newton step; usually 1.
  public var learningRate: Double
  /// The number of steps that the curvature is estimated from.
  public let history: Int
  /// The last steps and the change of the gradient over each, latest last: the state kept between
  /// calls.
  public package(set) var pairs: [(step: [Double], change: [Double])] = []

  /// A minimiser over the given variables.
  public init(_ parameters: [Value], learningRate: Double = 1, history: Int = 10) {
    require(history > 0, "L-BFGS needs to remember at least one step.")
    parameters.checkForTraining()
    self.parameters = parameters
    self.learningRate = learningRate
    self.history = history
  }

  /// Moves the parameters to a local minimum of the loss.
  ///
  /// - Parameters:
  ///   - iterations: the maximum number of directions to search along.
  ///   - tolerance: the largest gradient, by magnitude, that counts as zero.
  ///   - loss: the loss at the parameters' present data.
  /// - Returns: the loss at the end.
  /// - Complexity: O(history · parameters) for each iteration, beside the loss.
  @discardableResult
  public func minimize(
    iterations: Int = 100, tolerance: Double = 1e-9, _ loss: () -> Value
  ) -> Double {
    minimize(iterations, tolerance) { self.evaluate(loss, at: $0) }
  }

  /// Moves the parameters to a local minimum of the mean loss of samples, that a program computes.
  ///
  /// ```swift
  /// let w = Value(0), b = Value(0)
  /// let program = try Program(inputs: 2, parameters: [w, b]) { x in
  ///   [(w * x[0] + b - x[1]).power(2)]
  /// }
  /// try LBFGS([w, b]).minimize(program, Samples([[0, 1], [1, 3], [2, 5]]))
  /// (w.data * 1e6).rounded()  // 2000000.0
  /// (b.data * 1e6).rounded()  // 1000000.0
  /// ```
  ///
  /// - Parameters:
  ///   - program: computes the loss of a sample; it was compiled with the minimiser's variables as
  ///     `parameters:`, and has no others.
  ///   - samples: the whole batch.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  ///   - iterations: the maximum number of directions to search along.
  ///   - tolerance: the largest gradient, by magnitude, that counts as zero.
  /// - Returns: the loss at the end.
  /// - Throws: ``ProgramError``, as ``Program/backward(_:reduction:threads:)``.
  @discardableResult
  public func minimize(
    _ program: Program, _ samples: Samples, threads: Int = 1, iterations: Int = 100,
    tolerance: Double = 1e-9
  ) throws(ProgramError) -> Double {
    require(
      program.parameters.map { $0.id } == parameters.map { $0.id },
      "The program has \(program.parameters.count) parameters, which are not the "
        + "\(parameters.count) of the minimiser: compile it with parameters: optimizer.parameters.")
    func evaluate(at position: [Double]) throws(ProgramError) -> (value: Double, gradient: [Double])
    {
      var gradient = [Double](repeating: 0, count: position.count)
      let value = try program.backward(
        samples, parameters: position, addingTo: &gradient, reduction: .mean, threads: threads)
      return (value, gradient)
    }
    // What samples can be wrong about shows at any parameters.
    _ = try evaluate(at: parameters.map { $0.data })
    return minimize(iterations, tolerance) { position in
      orStop { () throws(ProgramError) in try evaluate(at: position) }
    }
  }

  private func minimize(
    _ iterations: Int, _ tolerance: Double,
    _ evaluate: (_ position: [Double]) -> (value: Double, gradient: [Double])
  ) -> Double {
    require(
      learningRate > 0,
      "L-BFGS searches forwards: a learning rate of \(learningRate) is not positive.")
    require(iterations >= 0, "L-BFGS cannot make \(iterations) iterations.")
    var position = parameters.map { $0.data }
    var (value, gradient) = evaluate(position)
    for _ in 0..<iterations {
      guard gradient.contains(where: { $0.magnitude > tolerance }) else { break }
      var direction = newtonDirection(gradient)
      if !(product(direction, gradient) < 0) {
        pairs = []
        direction = gradient.map { -$0 }
      }
      let origin = LineSearch.Trial(
        step: 0, loss: value, slope: product(direction, gradient), gradient: gradient)
      let longest = direction.reduce(0) { max($0, $1.magnitude) }
      let search = LineSearch(origin: origin, narrowest: 1e-9 / longest)
      // Without a history the scale is unknown.
      let scale = pairs.isEmpty ? min(1, 1 / gradient.reduce(0) { $0 + $1.magnitude }) : 1
      let best = search.search(first: scale * learningRate) { step in
        let (loss, gradient) = evaluate(moved(position, by: step, along: direction))
        return LineSearch.Trial(
          step: step, loss: loss, slope: product(direction, gradient), gradient: gradient)
      }
      guard best.step > 0 else { break }
      remember(
        step: direction.map { best.step * $0 }, change: difference(best.gradient, gradient))
      position = moved(position, by: best.step, along: direction)
      (value, gradient) = (best.loss, best.gradient)
    }
    for (parameter, number) in zip(parameters, position) { parameter.data = number }
    for (parameter, number) in zip(parameters, gradient) { parameter.grad = number }
    return value
  }

  private func evaluate(
    _ loss: () -> Value, at position: [Double]
  ) -> (value: Double, gradient: [Double]) {
    for (parameter, number) in zip(parameters, position) {
      parameter.data = number
      parameter.zeroGrad()
    }
    let result = loss()
    result.backward()
    return (result.data, parameters.map { $0.grad })
  }

  /// Stores a step, unless it is too short to determine the curvature.
  private func remember(step: [Double], change: [Double]) {
    guard product(step, change) > 1e-10 else { return }
    pairs.append((step, change))
    if pairs.count > history { pairs.removeFirst() }
  }

  /// Minus the inverse Hessian, as estimated from the stored steps, times the gradient: Nocedal and
  /// Wright, algorithm 7.4.
  private func newtonDirection(_ gradient: [Double]) -> [Double] {
    var q = gradient
    var weights: [Double] = []
    for (step, change) in pairs.reversed() {
      let weight = product(step, q) / product(step, change)
      q = moved(q, by: -weight, along: change)
      weights.append(weight)
    }
    if let (step, change) = pairs.last {
      let scale = product(step, change) / product(change, change)
      q = q.map { scale * $0 }
    }
    for ((step, change), weight) in zip(pairs, weights.reversed()) {
      let correction = weight - product(change, q) / product(step, change)
      q = moved(q, by: correction, along: step)
    }
    return q.map { -$0 }
  }
}

private func product(_ x: [Double], _ y: [Double]) -> Double {
  zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
}

private func difference(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $0 - $1 } }

private func moved(_ x: [Double], by step: Double, along direction: [Double]) -> [Double] {
  zip(x, direction).map { $0 + step * $1 }
}
