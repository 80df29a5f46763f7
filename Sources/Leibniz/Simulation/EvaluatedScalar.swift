/// Numbers whose value is known as soon as they are computed: `Double`, ``Value`` and ``Dual``.
///
/// The sizes of adaptive steps and the times of events are decided by it.
public protocol EvaluatedScalar: Scalar {
  /// The number without its derivatives.
  static func number(of x: Self) -> Double
}

extension Double: EvaluatedScalar {
  public static func number(of x: Double) -> Double { x }
}

extension Value: EvaluatedScalar {
  public static func number(of x: Value) -> Double { x.data }
}

extension Dual: EvaluatedScalar {
  public static func number(of x: Dual) -> Double { x.value }
}
