import Foundation

@testable import Leibniz

extension UnaryFunction {
  /// dy/dx by the textbook, in another form than the row's where there is one.
  func expectedFirst(_ x: Double) -> Double {
    let s = 1 / (1 + Foundation.exp(-x))
    return switch self {
    case .negate: -1
    case .reciprocal: -Foundation.pow(x, -2)
    case .sqrt: 0.5 * Foundation.pow(x, -0.5)
    case .exp: Foundation.sinh(x) + Foundation.cosh(x)
    case .log: Foundation.pow(x, -1)
    case .log1p: Foundation.exp(-Foundation.log1p(x))
    case .expm1: Foundation.expm1(x) + 1
    case .sin: Foundation.sin(x + .pi / 2)
    case .cos: Foundation.cos(x + .pi / 2)
    case .tan: Foundation.pow(Foundation.cos(x), -2)
    case .asin: Foundation.pow(1 - x * x, -0.5)
    case .acos: -Foundation.pow(1 - x * x, -0.5)
    case .atan: Foundation.pow(Foundation.cos(Foundation.atan(x)), 2)
    case .sinh: (Foundation.exp(x) + Foundation.exp(-x)) / 2
    case .cosh: (Foundation.exp(x) - Foundation.exp(-x)) / 2
    case .tanh: 1 - Foundation.pow(Foundation.tanh(x), 2)
    case .sech: -Foundation.sinh(x) / Foundation.pow(Foundation.cosh(x), 2)
    case .asinh: Foundation.pow(1 + x * x, -0.5)
    case .acosh: Foundation.pow(x * x - 1, -0.5)
    case .atanh: 1 / (1 - x * x)
    case .erf: 2 / Double.pi.squareRoot() / Foundation.exp(x * x)
    case .erfc: -2 / Double.pi.squareRoot() / Foundation.exp(x * x)
    case .normalDensity: -x * density(x)
    case .normalDistribution: density(x)
    case .abs: x > 0 ? 1 : -1
    case .sign, .step, .stopGradient: 0
    case .relu: x > 0 ? 1 : 0
    case .sigmoid: s * (1 - s)
    case .softplus: s
    case .gelu: distribution(x) + x * density(x)
    case .silu: s * (1 + x * (1 - s))
    }
  }

  /// d²y/dx² by the textbook.
  func expectedSecond(_ x: Double) -> Double {
    let s = 1 / (1 + Foundation.exp(-x))
    let t = Foundation.tanh(x)
    return switch self {
    case .negate, .abs, .sign, .step, .stopGradient, .relu: 0
    case .reciprocal: 2 * Foundation.pow(x, -3)
    case .sqrt: -0.25 * Foundation.pow(x, -1.5)
    case .exp, .expm1: Foundation.exp(x)
    case .log: -Foundation.pow(x, -2)
    case .log1p: -Foundation.pow(1 + x, -2)
    case .sin: -Foundation.sin(x)
    case .cos: -Foundation.cos(x)
    case .tan: 2 * Foundation.sin(x) * Foundation.pow(Foundation.cos(x), -3)
    case .asin: x * Foundation.pow(1 - x * x, -1.5)
    case .acos: -x * Foundation.pow(1 - x * x, -1.5)
    case .atan: -2 * x * Foundation.pow(1 + x * x, -2)
    case .sinh: Foundation.sinh(x)
    case .cosh: Foundation.cosh(x)
    case .tanh: -2 * t * (1 - t * t)
    case .sech: (2 * t * t - 1) / Foundation.cosh(x)
    case .asinh: -x * Foundation.pow(1 + x * x, -1.5)
    case .acosh: -x * Foundation.pow(x * x - 1, -1.5)
    case .atanh: 2 * x * Foundation.pow(1 - x * x, -2)
    case .erf: -4 * x / Double.pi.squareRoot() * Foundation.exp(-x * x)
    case .erfc: 4 * x / Double.pi.squareRoot() * Foundation.exp(-x * x)
    case .normalDensity: (x * x - 1) * density(x)
    case .normalDistribution: -x * density(x)
    case .sigmoid: s * (1 - s) * (1 - 2 * s)
    case .softplus: s * (1 - s)
    case .gelu: (2 - x * x) * density(x)
    case .silu: s * (1 - s) * (2 + x * (1 - 2 * s))
    }
  }

  /// Whether the function is also smooth on its domain's mirror image, beyond a kink or a pole.
  var isSmoothOnMirroredDomain: Bool {
    switch self {
    case .reciprocal, .abs, .sign, .step, .relu: true
    default: false
    }
  }
}

private func density(_ x: Double) -> Double {
  Foundation.exp(-x * x / 2) / (2 * Double.pi).squareRoot()
}

private func distribution(_ x: Double) -> Double {
  (1 + Foundation.erf(x / 2.0.squareRoot())) / 2
}
