/// The functions of two arguments: z = f(x, y). Either argument may be a plain number.
///
/// Values are right to 4 units in the last place, first derivatives to 8 and second ones to 32; at
/// infinite arguments they are the limits, where there is one. What is less exact: derivatives of xʸ with respect
/// to x, to |log x| units for |y| < 1, because y − 1 is rounded; and second derivatives of xʸ and atan2
/// that are finite where a factor of theirs over- or underflows, such as xʸ⁻² for y near 0.
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
    // The sums are reached only where x or y is NaN, and propagate it.
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
  public func derivativeByFirst<T: Scalar>(_ x: T, _ y: T, _ z: T) -> T? {
    switch self {
    case .add: T.constant(1)
    case .subtract: T.constant(1)
    case .multiply: y
    case .divide: 1 / y
    case .power: powerSlope(x, y)
    case .atan2: inverted(y, x)
    case .minimum: T.apply(.greater, y, x)
    case .maximum: T.apply(.greater, x, y)
    case .greater: nil
    case .leakyReLU: T.select(where: x, then: T.constant(1), else: y)
    case .elu: T.select(where: x, then: T.constant(1), else: y * negativePart(x).exp())
    }
  }

  /// ∂z/∂y where z = f(x, y); `nil` where it is zero everywhere.
  ///
  /// 0ʸ has the derivative 0 for y ≥ 0, as 0·log(0) = 0.
  @inline(__always)
  public func derivativeBySecond<T: Scalar>(_ x: T, _ y: T, _ z: T) -> T? {
    switch self {
    case .add: T.constant(1)
    case .subtract: T.constant(-1)
    case .multiply: x
    case .divide: -z / y
    case .power: z * powerLogarithm(x, y)
    case .atan2: -inverted(x, y)
    case .minimum: T.apply(.greater, x, y)
    case .maximum: T.apply(.greater, y, x)
    case .greater: nil
    case .leakyReLU: negativePart(x)
    case .elu: negativePart(x).expm1()
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

/// y xʸ⁻¹; at y = 0 it is y/x · xʸ, which is 0 without an infinite factor, and whose derivative with respect to y
/// is 1/x. At x = y = 0 it is 0.
///
/// Rows of many operations are not inlined: with them in the loop of `backward()`, a node of a chain of
/// products takes 8 ns for 6.
@inline(never)
private func powerSlope<T: Scalar>(_ x: T, _ y: T) -> T {
  let isOrdinary = y.abs()
  let divisor = T.select(
    where: isOrdinary, then: T.constant(1),
    else: T.select(where: x.abs(), then: x, else: T.constant(.infinity)))
  return y / divisor * x.power(T.select(where: isOrdinary, then: y - 1, else: y))
}

/// log x, but finite at ∞; at x = 0, where xʸ is 0, ∞ or 1, the 0 that makes 0 of the first and the last.
@inline(never)
private func powerLogarithm<T: Scalar>(_ x: T, _ y: T) -> T {
  let base = T.select(
    where: x.abs(), then: x,
    else: T.select(where: -y, then: T.constant(0), else: T.constant(1)))
  return finite(base.log())
}
