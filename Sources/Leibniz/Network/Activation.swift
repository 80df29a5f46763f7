/// The function that a layer applies to the sums of its neurons.
///
/// ```swift
/// MLP(inputs: 2, layers: [16, 1], activation: .tanh, using: &generator)
/// MLP(inputs: 2, layers: [16, 1], activation: .unary(.atan), using: &generator)
/// ```
///
/// Any unary function of the primitive table can be used by name, and any ``ActivationFunction``.
public enum Activation: Sendable {
  /// The sum, unchanged.
  case linear
  /// A row of the primitive table.
  case unary(UnaryFunction)
  /// x where x > 0, else slope · x.
  case leakyReLU(slope: Double)
  /// x where x > 0, else alpha · (eˣ − 1).
  case elu(alpha: Double)
  #if !hasFeature(Embedded)
    /// A user-defined function; not in Embedded Swift, which has no values of protocol types.
    indirect case custom(any ActivationFunction)
  #endif

  /// max(x, 0).
  public static var relu: Activation { .unary(.relu) }
  /// The hyperbolic tangent.
  public static var tanh: Activation { .unary(.tanh) }
  /// 1 / (1 + e⁻ˣ).
  public static var sigmoid: Activation { .unary(.sigmoid) }
  /// log(1 + eˣ).
  public static var softplus: Activation { .unary(.softplus) }
  /// x Φ(x).
  public static var gelu: Activation { .unary(.gelu) }
  /// x · sigmoid(x).
  public static var silu: Activation { .unary(.silu) }

  /// The function's value.
  @inline(__always)
  public func callAsFunction<S: Scalar>(_ x: S) -> S {
    switch self {
    case .linear: x
    case .unary(let function): .apply(function, x)
    case .leakyReLU(let slope): x.leakyReLU(slope: slope)
    case .elu(let alpha): x.elu(alpha: alpha)
    #if !hasFeature(Embedded)
      case .custom(let function): function(x)
    #endif
    }
  }

  /// The function's value at Σ wᵢ xᵢ + bias.
  @inline(__always)
  func callAsFunction<S: NetworkScalar>(weights: [Value], _ x: [S], bias: Value?) -> S {
    if case .unary(let function) = self {
      return .neuron(weights: weights, x, bias: bias, then: function)
    }
    return self(.dot(weights: weights, x, bias: bias))
  }
}

/// A function of one argument, written once for every kind of number.
///
/// ```swift
/// struct Bump: ActivationFunction {
///   func callAsFunction<S: Scalar>(_ x: S) -> S { (-(x * x)).exp() }
/// }
/// let activation = Activation.custom(Bump())
/// ```
public protocol ActivationFunction: Sendable {
  /// The function's value.
  func callAsFunction<S: Scalar>(_ x: S) -> S
}

/// As a module, an activation works on each number by itself: `Sequential([layer, Activation.relu])`.
extension Activation: Module {
  /// None.
  public var tensors: [NamedTensor] { [] }

  public var parts: [ModulePart] { [ModulePart("Activation", tensors: [], activation: self)] }

  /// Its name: `relu`, `leakyReLU(slope: 0.01)`.
  public var description: String {
    switch self {
    case .linear: "linear"
    case .unary(let function): function.rawValue
    case .leakyReLU(let slope): "leakyReLU(slope: \(slope))"
    case .elu(let alpha): "elu(alpha: \(alpha))"
    #if !hasFeature(Embedded)
      case .custom(let function): "\(type(of: function))"
    #endif
    }
  }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] { x.map { self($0) } }
}
