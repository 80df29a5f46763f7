/// Why a least-squares problem could not be begun.
public enum LeastSquaresError: Error, Equatable, CustomStringConvertible {
  /// There is no parameter.
  case noParameters
  /// There are fewer residuals than parameters.
  case tooFewResiduals(found: Int, parameters: Int)
  /// A list has not one number for each parameter or residual.
  case wrongCount(of: List, found: Int, expected: Int)
  /// A lower bound is not below its upper bound.
  case contradictoryBounds(parameter: Int, lower: Double, upper: Double)
  /// A parameter starts outside of its bounds, or is not a number.
  case startOutOfBounds(parameter: Int, value: Double)
  /// A weight is negative or not finite.
  case badWeight(residual: Int, weight: Double)
  /// A block names a parameter that is not there.
  case noSuchParameter(block: Int, index: Int, parameters: Int)
  /// A formula cannot be compiled or run.
  case formula(ProgramError)
  /// A residual is infinite or not a number at the start.
  case residualNotFinite(residual: Int, value: Double)
  /// A derivative of a residual is infinite or not a number.
  case derivativeNotFinite(residual: Int, parameter: Int)

  /// What is given beside start and residuals.
  public enum List: Sendable, Equatable {
    /// One for each parameter.
    case start, lowerBounds, upperBounds
    /// One for each block, all of one length.
    case indices(block: Int), data(block: Int)
    /// One for each residual.
    case weights
  }

  /// What is wrong, with the numbers found and expected.
  public var description: String {
    switch self {
    case .noParameters: "There is no parameter to fit."
    case .tooFewResiduals(let found, let parameters):
      "\(found) residuals cannot determine \(parameters) parameters."
    case .wrongCount(.start, let found, let expected):
      "The fit starts from \(found) numbers, and \(expected) are needed."
    case .wrongCount(.indices(let block), let found, let expected):
      "Block \(block) has \(counted(found, "parameter")), and block 0 has \(expected)."
    case .wrongCount(.data(let block), let found, let expected):
      "Block \(block) has \(found) data, and \(expected) are needed."
    case .noSuchParameter(let block, let index, let parameters):
      "Block \(block) takes parameter \(index), and there are \(parameters)."
    case .formula(let error): error.description
    case .wrongCount(.lowerBounds, let found, let expected):
      "\(found) lower bounds were given, and \(expected) are needed."
    case .wrongCount(.upperBounds, let found, let expected):
      "\(found) upper bounds were given, and \(expected) are needed."
    case .wrongCount(.weights, let found, let expected):
      "\(found) weights were given, and \(expected) are needed."
    case .contradictoryBounds(let parameter, let lower, let upper):
      "The lower bound \(lower) of parameter \(parameter) is not below the upper bound \(upper)."
    case .startOutOfBounds(let parameter, let value):
      "Parameter \(parameter) starts at \(value), which is not within its bounds."
    case .badWeight(let residual, let weight):
      "The weight \(weight) of residual \(residual) is negative or not finite."
    case .residualNotFinite(let residual, let value):
      "Residual \(residual) is \(value) at the start."
    case .derivativeNotFinite(let residual, let parameter):
      "The derivative of residual \(residual) with respect to parameter \(parameter) is not finite."
    }
  }
}

extension LeastSquaresError {
  /// The result of work on programs, whose errors are errors of formulas.
  static func wrapping<Result>(
    _ work: () throws(ProgramError) -> Result
  ) throws(LeastSquaresError) -> Result {
    do {
      return try work()
    } catch {
      throw .formula(error)
    }
  }
}
