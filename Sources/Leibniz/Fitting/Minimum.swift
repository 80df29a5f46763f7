/// When a minimiser ends.
public struct MinimizationSettings: Sendable {
  /// The most steps to take.
  public var iterations = 10_000
  /// The largest derivative, by magnitude, that counts as zero; of parameters at a bound only those that
  /// lead away from it count.
  public var gradientTolerance = 1e-8

  /// The defaults.
  public init() {}
}

/// Where a minimiser stands after a step.
public struct MinimizationProgress: Sendable {
  /// Steps so far.
  public let iteration: Int
  /// The value now.
  public let value: Double
  /// The largest derivative by magnitude now.
  public let gradient: Double
  /// The parameters now.
  public let parameters: [Double]
}

/// What a minimiser found.
public struct Minimum: Sendable, CustomStringConvertible {
  /// The parameters of the least value that was met, always finite.
  public let parameters: [Double]
  /// The value there.
  public let value: Double
  /// The gradient there.
  public let gradient: [Double]
  /// Steps that were accepted.
  public let iterations: Int
  /// How often the value and the gradient were computed.
  public let evaluations: Int
  /// How many products with the Hessian were computed.
  public let hessianProducts: Int
  /// Why it ended.
  public let reason: Reason

  /// Why a minimiser ended.
  public enum Reason: String, Sendable {
    /// The gradient is zero to the tolerance.
    case gradient = "the gradient is zero to the tolerance"
    /// No step makes the value lower, to the precision of numbers: a minimum to the accuracy of the
    /// function, or a point where its derivatives are wrong.
    case precision = "no step makes the value lower"
    /// The value falls without end.
    case unbounded = "the value falls without a bound"
    /// The limit of iterations was reached: the parameters are the best so far.
    case iterations = "the limit of iterations was reached"
    /// `progress` asked to end.
    case cancelled = "it was cancelled"
  }

  /// Whether the gradient is zero to the tolerance.
  public var converged: Bool { reason == .gradient }

  /// The value, the counts and the reason to end.
  public var description: String {
    let size = gradient.reduce(0) { max($0, $1.magnitude) }
    return "value \(value), largest derivative \(size), after \(iterations) iterations, "
      + "\(evaluations) evaluations and \(hessianProducts) Hessian products: \(reason.rawValue)"
  }
}

/// Why a minimisation could not be begun.
public enum MinimizationError: Error, Equatable, CustomStringConvertible {
  /// Start, bounds or counts are wrong.
  case problem(LeastSquaresError)
  /// The program has several outputs, or cannot run.
  case program(ProgramError)
  /// The value is infinite or not a number at the start.
  case valueNotFinite(Double)
  /// A derivative is infinite or not a number at the start.
  case derivativeNotFinite(parameter: Int, Double)

  /// What is wrong, with the numbers found and expected.
  public var description: String {
    switch self {
    case .problem(let error): error.description
    case .program(let error): error.description
    case .valueNotFinite(let value): "The value is \(value) at the start."
    case .derivativeNotFinite(let parameter, let derivative):
      "The derivative with respect to parameter \(parameter) is \(derivative) at the start."
    }
  }
}

/// A function to minimise: its values and gradients, and products with its Hessian at the point of the
/// last of these.
protocol Objective: AnyObject {
  func valueWithGradient(at x: [Double]) throws(ProgramError) -> (value: Double, gradient: [Double])
  func hessianProduct(_ direction: [Double]) -> [Double]
}

/// A function that is recorded at each point.
final class RecordedObjective: Objective {
  private let function: ([Value]) -> Value
  private var recording: RecordedFunction?

  init(_ function: @escaping ([Value]) -> Value) { self.function = function }

  func valueWithGradient(
    at x: [Double]
  ) throws(ProgramError) -> (value: Double, gradient: [Double]) {
    let recording = RecordedFunction(at: x) { [function($0)] }
    self.recording = recording
    return (recording.values[0], recording.gradient())
  }

  func hessianProduct(_ direction: [Double]) -> [Double] {
    recording!.hessianVectorProduct(direction)
  }
}

/// The only output of a program as a function of its inputs.
final class ProgramObjective: Objective {
  private let program: Program
  private let gradient: Program
  private var samples: Samples

  init(_ program: Program) throws(ProgramError) {
    self.program = program
    gradient = try program.gradient(withRespectTo: .inputs)
    samples = Samples(count: 1, width: program.graph.inputCount)
  }

  func valueWithGradient(
    at x: [Double]
  ) throws(ProgramError) -> (value: Double, gradient: [Double]) {
    samples.columns = x
    var slopes = x
    let workspace = program.workspace(.allGradients)
    let value = try slopes.withUnsafeMutableBufferPointer { slopes throws(ProgramError) in
      try workspace.executable.run(
        samples, workspace, Executable.Request(seed: 1, inputGradients: slopes.baseAddress),
        threads: 1)
    }
    return (value, slopes)
  }

  func hessianProduct(_ direction: [Double]) -> [Double] {
    var product = direction
    let workspace = gradient.workspace(.inputTangents)
    orStop { () throws(ProgramError) in
      try product.withUnsafeMutableBufferPointer { product throws(ProgramError) in
        try direction.withUnsafeBufferPointer { direction throws(ProgramError) in
          var request = Executable.Request()
          request.inputDirections = direction.baseAddress
          request.outputs = product.baseAddress
          _ = try workspace.executable.run(samples, workspace, request, threads: 1)
        }
      }
    }
    return product
  }
}
