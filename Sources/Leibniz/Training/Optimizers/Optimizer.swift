/// A rule that updates parameters from their gradients.
///
/// ```swift
/// let optimizer = SGD(model.parameters, learningRate: 0.1)
/// for _ in 0..<100 {
///   optimizer.zeroGrad()
///   meanSquaredError(predicted: model(x), expected: y).backward()
///   optimizer.step()
/// }
/// ```
///
/// The arithmetic of a rule is written once, in ``update(_:gradients:)``, on plain numbers side by
/// side; ``step()`` brings it to the parameters, ``TrainingSession`` to compiled programs. A rule of
/// your own:
///
/// ```swift
/// final class SignDescent: Optimizer {
///   let parameters: [Value]
///   var learningRate = 0.01
///   var state: OptimizerState
///
///   init(_ parameters: [Value]) {
///     self.parameters = parameters
///     state = OptimizerState(quantities: 0, parameters: parameters)
///   }
///
///   func update(
///     _ values: UnsafeMutableBufferPointer<Double>, gradients: UnsafeBufferPointer<Double>
///   ) {
///     state.steps += 1
///     for i in values.indices where gradients[i] != 0 {
///       values[i] -= gradients[i] > 0 ? learningRate : -learningRate
///     }
///   }
/// }
/// ```
public protocol Optimizer: AnyObject {
  /// The parameters to update, in a fixed order.
  var parameters: [Value] { get }

  /// The size of a step. A schedule sets it before each step.
  var learningRate: Double { get set }

  /// The state kept between steps, which can be saved and restored.
  var state: OptimizerState { get set }

  /// One step on numbers: the parameters' values, and the loss's gradient with respect to each.
  ///
  /// Everything that moves parameters (``step()``, a compiled training loop) calls this: the rule is
  /// written once.
  func update(
    _ values: UnsafeMutableBufferPointer<Double>, gradients: UnsafeBufferPointer<Double>)
}

/// The state that an optimiser keeps between steps.
public struct OptimizerState: Equatable, Sendable {
  /// The number of steps made.
  public var steps = 0
  /// Running quantities, such as a mean of the gradients: one number for each parameter, quantity
  /// after quantity. The optimiser says which.
  public var memory: [Double]

  /// No steps yet, and zeros for each quantity.
  ///
  /// - Parameters:
  ///   - quantities: the number of quantities kept for each parameter.
  ///   - parameters: the variables that the optimiser updates.
  /// - Precondition: The parameters are variables, and none is listed twice.
  public init(quantities: Int, parameters: [Value]) {
    require(quantities >= 0, "An optimiser cannot remember \(quantities) quantities.")
    parameters.checkForTraining()
    memory = Array(repeating: 0, count: quantities * parameters.count)
  }
}

extension Optimizer {
  /// Updates every parameter from its gradient.
  ///
  /// - Complexity: O(parameters).
  public func step() {
    let parameters = parameters
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * parameters.count) { memory in
      let values = UnsafeMutableBufferPointer(rebasing: memory[..<parameters.count])
      let gradients = UnsafeMutableBufferPointer(rebasing: memory[parameters.count...])
      for (i, parameter) in parameters.enumerated() {
        values.initializeElement(at: i, to: parameter.fields.number)
        gradients.initializeElement(at: i, to: parameter.fields.gradient)
      }
      update(values, gradients: UnsafeBufferPointer(gradients))
      for (i, parameter) in parameters.enumerated() { parameter.fields.number = values[i] }
    }
  }

  /// Sets the gradients of all parameters to zero.
  public func zeroGrad() {
    for parameter in parameters { parameter.zeroGrad() }
  }
}

extension [Value] {
  /// Stops with a sentence where an optimiser cannot update the values.
  func checkForTraining() {
    require(
      allSatisfy { $0.isVariable },
      "An optimiser can change variables only, not constants or results.")
    require(
      Set(map { $0.id }).count == count, "A parameter is listed twice: it would be changed twice.")
  }
}
