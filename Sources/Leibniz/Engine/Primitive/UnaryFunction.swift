/// The functions of one argument: y = f(x).
///
/// Three columns say all there is to know of one: its name (the case's own), its `value(_:)` and
/// its `derivative(_:_:)`. To add a function, add a case, a row in each column, its ``domain``
/// and a method in `Scalar+Functions.swift`; the compiler and the tests ask for nothing else.
public enum UnaryFunction: String, CaseIterable, Sendable {
  /// −x, 1/x, √x, eˣ, log x, log(1 + x), eˣ − 1.
  case negate, reciprocal, sqrt, exp, log, log1p, expm1
  /// Trigonometric functions and their inverses, in radians.
  case sin, cos, tan, asin, acos, atan
  /// Hyperbolic functions and their inverses.
  case sinh, cosh, tanh, asinh, acosh, atanh
  /// erf x, and 1 − erf x.
  case erf, erfc
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
    case .asinh: T.asinh(x)
    case .acosh: T.acosh(x)
    case .atanh: T.atanh(x)
    case .erf: T.erf(x)
    case .erfc: T.erfc(x)
    case .abs: T.magnitude(x)
    case .sign: piecewise(x, negative: T(-1), zero: x, positive: T(1))
    case .step: piecewise(x, negative: T(0), zero: T(0), positive: T(1))
    case .stopGradient: x
    case .relu: T.choose(T(0), atLeast: x, T(0), otherwise: x)
    case .sigmoid: logistic(x)
    case .softplus: T.choose(x, atLeast: T(0), x, otherwise: T(0)) + T.log1p(T.exp(-T.magnitude(x)))
    case .gelu: x * T(0.5) * T.erfc(x * T(-0.5.squareRoot()))
    case .silu: swish(x)
    }
  }

  /// The derivative dy/dx at x, where y = f(x); `nil` where it is zero everywhere.
  ///
  /// At a kink: abs′(0) = 0, relu′(0) = 0.
  @inline(__always)
  func derivative<T: Scalar>(_ x: T, _ y: T) -> T? {
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
    case .asin: 1 / ((1 - x) * (1 + x)).sqrt()
    case .acos: -1 / ((1 - x) * (1 + x)).sqrt()
    case .atan: 1 / (1 + x * x)
    case .sinh: x.cosh()
    case .cosh: x.sinh()
    case .tanh: squared(1 / x.cosh())  // 1 − y² cancels where y rounds to 1
    case .asinh: 1 / (1 + x * x).sqrt()
    case .acosh: 1 / ((x - 1) * (x + 1)).sqrt()
    case .atanh: 1 / ((1 - x) * (1 + x))
    case .erf: (2 / Double.pi.squareRoot()) * (-(x * x)).exp()
    case .erfc: (-2 / Double.pi.squareRoot()) * (-(x * x)).exp()
    case .abs: x.sign()
    case .sign, .step, .stopGradient: nil
    case .relu: y.step()
    case .sigmoid: y * (-x).sigmoid()  // y (1 − y) cancels where y rounds to 1
    case .softplus: x.sigmoid()
    case .gelu: 0.5 * (-0.5.squareRoot() * x).erfc() + x * normalDensity(x)
    case .silu: x.sigmoid() + y * (-x).sigmoid()
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

/// 1 / (1 + exp(−x)), by the exponential of the negative magnitude, which cannot overflow.
@inline(__always)
private func logistic<T: Elementary>(_ x: T) -> T {
  let e = T.exp(-T.magnitude(x))
  return T.choose(x, atLeast: T(0), T(1), otherwise: e) / (T(1) + e)
}

/// x / (1 + exp(−x)), by the root of the exponential: x · eˣ keeps its digits where eˣ is subnormal.
@inline(__always)
private func swish<T: Elementary>(_ x: T) -> T {
  let root = T.exp(T(-0.5) * T.magnitude(x))
  return T.choose(x, atLeast: T(0), x, otherwise: x * root * root) / (T(1) + root * root)
}

/// One of three numbers by the sign of x; x itself where it is not a number.
@inline(__always)
func piecewise<T: Elementary>(_ x: T, negative: T, zero: T, positive: T) -> T {
  T.choose(
    T(0), atLeast: x,
    T.choose(x, atLeast: T(0), zero, otherwise: negative),
    otherwise: T.choose(x, atLeast: T(0), positive, otherwise: x))
}

/// The density of the standard normal distribution, exp(−x²/2) / √(2π).
@inline(__always)
private func normalDensity<T: Scalar>(_ x: T) -> T {
  (1 / (2 * Double.pi).squareRoot()) * (-0.5 * (x * x)).exp()
}
