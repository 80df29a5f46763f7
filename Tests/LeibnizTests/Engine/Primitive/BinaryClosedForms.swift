import Foundation

@testable import Leibniz

extension BinaryFunction {
  /// ∂z/∂x and ∂z/∂y by the textbook, in another form than the row's where there is one.
  func expectedFirst(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let r = x * x + y * y
    return switch self {
    case .add: (1, 1)
    case .subtract: (1, -1)
    case .multiply: (y, x)
    case .divide: (Foundation.pow(y, -1), -x * Foundation.pow(y, -2))
    case .power: (y * Foundation.pow(x, y) / x, Foundation.log(x) * Foundation.pow(x, y))
    case .atan2: (y / r, -x / r)
    case .minimum: x < y ? (1, 0) : (0, 1)
    case .maximum: x > y ? (1, 0) : (0, 1)
    case .greater: (0, 0)
    case .leakyReLU: x > 0 ? (1, 0) : (y, x)
    case .elu: x > 0 ? (1, 0) : (y * Foundation.exp(x), Foundation.exp(x) - 1)
    }
  }

  /// ∂²z/∂x², ∂²z/∂x∂y and ∂²z/∂y² by the textbook.
  func expectedSecond(_ x: Double, _ y: Double) -> (xx: Double, xy: Double, yy: Double) {
    let r = x * x + y * y
    let (power, logarithm) = (Foundation.pow(x, y), Foundation.log(x))
    return switch self {
    case .add, .subtract, .minimum, .maximum, .greater: (0, 0, 0)
    case .multiply: (0, 1, 0)
    case .divide: (0, -1 / (y * y), 2 * x / (y * y * y))
    case .power:
      (
        y * (y - 1) * power / (x * x), power / x * (1 + y * logarithm),
        power * logarithm * logarithm
      )
    case .atan2: (-2 * x * y / (r * r), (x * x - y * y) / (r * r), 2 * x * y / (r * r))
    case .leakyReLU: x > 0 ? (0, 0, 0) : (0, 1, 0)
    case .elu: x > 0 ? (0, 0, 0) : (y * Foundation.exp(x), Foundation.exp(x), 0)
    }
  }

  /// Whether the function is also smooth where both arguments change sign.
  var isSmoothOnMirroredDomain: Bool {
    switch self {
    case .divide, .minimum, .maximum, .greater, .leakyReLU, .elu: true
    default: false
    }
  }
}
