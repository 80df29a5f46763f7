/// The functions of one argument: y = f(x).
///
/// Three columns say all there is to know of one: its name (the case's own), its `value(_:)` and
/// its `derivative(_:_:)`. To add a function, add a case, a row in each column, its ``domain``
/// and a method in `Scalar+Functions.swift`; the compiler and the tests ask for nothing else.
///
/// Values are right to 4 units in the last place, first derivatives to 8 and second ones to 32, from
/// the subnormal numbers to ±1e308; at ±∞ they are the limits. Beyond the domain they are NaN. What is
/// less exact:
///
/// - second derivatives near a point where they change sign, such as silu″ at ±2.4: to 10⁻¹⁶ of their
///   parts, which cancel;
/// - silu′, silu″ and gelu where σ(x) and Φ(x) are subnormal (x below −708 and −37.5): to
///   |x| · 5 · 10⁻³²⁴.
public enum UnaryFunction: String, CaseIterable, Sendable {
  /// −x, 1/x, √x, eˣ, log x, log(1 + x), eˣ − 1.
  case negate, reciprocal, sqrt, exp, log, log1p, expm1
  /// Trigonometric functions and their inverses, in radians.
  case sin, cos, tan, asin, acos, atan
  /// Hyperbolic functions, 1 / cosh x among them, and inverses.
  case sinh, cosh, tanh, sech, asinh, acosh, atanh
  /// erf x, and 1 − erf x.
  case erf, erfc
  /// φ(x) and Φ(x) of the standard normal distribution.
  case normalDensity, normalDistribution
  /// |x|; −1, 0 or 1; 1 above 0 and else 0; x with a derivative of 0.
  case abs, sign, step, stopGradient
  /// Activations: max(0, x), 1 / (1 + e⁻ˣ), log(1 + eˣ), x Φ(x), x σ(x).
  case relu, sigmoid, softplus, gelu, silu

  /// The value y = f(x).
  ///
  /// Written in forms that neither overflow nor cancel where the true value does not.
  @inline(__always)
  func value<T: Elementary>(_ x: T) -> T {
    switch self {
    case .negate: -x
    case .reciprocal: T(1) / x
    case .sqrt: T.sqrt(x)
    case .exp: T.exp(x)
    case .log: T.log(x)
    case .log1p: T.log1p(x)
    case .expm1: T.expm1(x)
    case .sin: T.sin(x)
    case .cos: T.cos(x)
    case .tan: T.tan(x)
    case .asin: T.asin(x)
    case .acos: T.acos(x)
    case .atan: T.atan(x)
    case .sinh: T.sinh(x)
    case .cosh: T.cosh(x)
    case .tanh: T.tanh(x)
    case .sech: hyperbolicSecant(x)
    case .asinh: T.asinh(x)
    case .acosh: T.acosh(x)
    case .atanh: T.atanh(x)
    case .erf: T.erf(x)
    case .erfc: T.erfc(x)
    case .normalDensity: gaussian(x)
    case .normalDistribution: gaussianDistribution(x)
    case .abs: T.magnitude(x)
    case .sign: piecewise(x, negative: T(-1), zero: x, positive: T(1))
    case .step: piecewise(x, negative: T(0), zero: T(0), positive: T(1))
    case .stopGradient: x
    case .relu: T.choose(T(0), atLeast: x, T(0), otherwise: x)
    case .sigmoid: logistic(x)
    case .softplus: T.choose(x, atLeast: T(0), x, otherwise: T(0)) + T.log1p(T.exp(-T.magnitude(x)))
    case .gelu: finiteBelow(x) * gaussianDistribution(x)
    case .silu: swish(x)
    }
  }

  /// The derivative dy/dx at x, where y = f(x); `nil` where it is zero everywhere.
  ///
  /// At a kink: abs′(0) = 0, relu′(0) = 0.
  @inline(__always)
  public func derivative<T: Scalar>(_ x: T, _ y: T) -> T? {
    switch self {
    case .negate: T.constant(-1)
    case .reciprocal: -(y * y)
    case .sqrt: 0.5 / y
    case .exp: y
    case .log: 1 / x
    case .log1p: 1 / (1 + x)
    case .expm1: x.exp()
    case .sin: x.cos()
    case .cos: -x.sin()
    case .tan: 1 + y * y
    case .asin: 1 / oneMinusSquare(x).sqrt()
    case .acos: -1 / oneMinusSquare(x).sqrt()
    case .atan: inverted(T.constant(1), x)
    case .sinh: x.cosh()
    case .cosh: x.sinh()
    case .tanh: squared(x.sech())  // 1 − y² cancels where y rounds to 1
    case .sech: -(y * x.tanh())
    case .asinh: inverseLength(x)
    case .acosh: 1 / (finiteAbove((x - 1).sqrt()) * finiteAbove((x + 1).sqrt()))
    case .atanh: 1 / oneMinusSquare(x)
    case .erf: (4 * Double.pi.squareRoot()) * squared(x.normalDensity())
    case .erfc: (-4 * Double.pi.squareRoot()) * squared(x.normalDensity())
    case .normalDensity: -(finite(x) * y)
    case .normalDistribution: x.normalDensity()
    case .abs: x.sign()
    case .sign, .step, .stopGradient: nil
    case .relu: y.step()
    case .sigmoid: squared(0.5 * (0.5 * x).sech())  // y (1 − y) cancels where y rounds to 1
    case .softplus: x.sigmoid()
    case .gelu: x.normalDistribution() + finite(x) * x.normalDensity()
    case .silu: x.sigmoid() + finiteAbove(y) * (-x).sigmoid()
    }
  }

  /// An interval on which the function is smooth and moderate, for tests and plots.
  public var domain: ClosedRange<Double> {
    switch self {
    case .reciprocal, .sqrt, .log: 0.1...4
    case .log1p: -0.9...4
    case .asin, .acos, .atanh: -0.9...0.9
    case .acosh: 1.1...4
    case .tan: -1.3...1.3
    case .abs, .sign, .step, .relu: 0.1...4
    default: -3...3
    }
  }
}
