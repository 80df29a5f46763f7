/// The functions of two arguments: z = f(x, y). Either argument may be a plain number.
public enum BinaryFunction: String, CaseIterable, Sendable {
  /// x + y.
  case add = "+"
  /// x − y.
  case subtract = "-"
  /// x · y.
  case multiply = "*"
  /// x / y.
  case divide = "/"
  /// xʸ.
  case power
  /// The angle of the point (y, x), in radians.
  case atan2
  /// The smaller of both.
  case minimum
  /// The larger of both.
  case maximum
  /// 1 where x > y, ½ where they are equal, else 0.
  case greater
  /// x above 0, else y · x.
  case leakyReLU
  /// x above 0, else y · (eˣ − 1).
  case elu

  /// The value z = f(x, y).
  @inline(__always)
  func value<T: Elementary>(_ x: T, _ y: T) -> T {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power: T.pow(x, y)
    case .atan2: T.atan2(x, y)
    // The sums are reached only where x or y is not a number, and hand that on.
    case .minimum:
      T.choose(y, atLeast: x, x, otherwise: T.choose(x, atLeast: y, y, otherwise: x + y))
    case .maximum:
      T.choose(x, atLeast: y, x, otherwise: T.choose(y, atLeast: x, y, otherwise: x + y))
    case .greater:
      T.choose(
        x, atLeast: y,
        T.choose(y, atLeast: x, T(0.5), otherwise: T(1)),
        otherwise: T.choose(y, atLeast: x, T(0), otherwise: x + y))
    case .leakyReLU: T.choose(T(0), atLeast: x, y * x, otherwise: x)
    case .elu: T.choose(T(0), atLeast: x, y * T.expm1(x), otherwise: x)
    }
  }

  /// ∂z/∂x where z = f(x, y); `nil` where it is zero everywhere.
  ///
  /// At a kink: ties of minimum and maximum share the gradient equally; leakyReLU′(0) = slope and
  /// elu′(0) = alpha, the limits from below; x⁰ has the derivative 0 at x = 0 too.
  @inline(__always)
  func derivativeByFirst<T: Scalar>(_ x: T, _ y: T, _ z: T) -> T? {
    switch self {
    case .add: T.constant(1)
    case .subtract: T.constant(1)
    case .multiply: y
    case .divide: 1 / y
    case .power: y * T.select(where: y.abs(), then: x, else: T.constant(1)).power(y - 1)
    case .atan2: y / (x * x + y * y)
    case .minimum: T.apply(.greater, y, x)
    case .maximum: T.apply(.greater, x, y)
    case .greater: nil
    case .leakyReLU: T.select(where: x, then: T.constant(1), else: y)
    case .elu: T.select(where: x, then: T.constant(1), else: y * T.apply(.minimum, x, 0).exp())
    }
  }

  /// ∂z/∂y where z = f(x, y); `nil` where it is zero everywhere.
  ///
  /// 0ʸ has the derivative 0, as 0·log(0) = 0.
  @inline(__always)
  func derivativeBySecond<T: Scalar>(_ x: T, _ y: T, _ z: T) -> T? {
    switch self {
    case .add: T.constant(1)
    case .subtract: T.constant(-1)
    case .multiply: x
    case .divide: -z / y
    case .power: z * T.select(where: x.abs(), then: x, else: T.constant(1)).log()
    case .atan2: -x / (x * x + y * y)
    case .minimum: T.apply(.greater, x, y)
    case .maximum: T.apply(.greater, y, x)
    case .greater: nil
    case .leakyReLU: T.apply(.minimum, x, 0)
    case .elu: T.apply(.minimum, x, 0).expm1()
    }
  }

  /// Intervals of x and y on which the function is smooth and moderate, for tests and plots.
  public var domain: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    switch self {
    case .add, .subtract, .multiply: (-3...3, -3...3)
    case .divide, .atan2: (-3...3, 0.1...4)
    case .power: (0.1...4, -3...3)
    case .minimum, .maximum, .greater: (0.1...4, -4...(-0.1))
    case .leakyReLU, .elu: (0.1...4, 0.01...2)
    }
  }
}
