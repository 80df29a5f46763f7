// The rows of the primitive table as methods: `x.tanh()`. One line each.

extension Scalar {
  /// eˣ.
  public func exp() -> Self { .apply(.exp, self) }
  /// The natural logarithm of x.
  public func log() -> Self { .apply(.log, self) }
  /// log(1 + x), exact for small x.
  public func log1p() -> Self { .apply(.log1p, self) }
  /// eˣ − 1, exact for small x.
  public func expm1() -> Self { .apply(.expm1, self) }
  /// √x.
  public func sqrt() -> Self { .apply(.sqrt, self) }
  /// 1 / x.
  public func reciprocal() -> Self { .apply(.reciprocal, self) }
  /// The sine of x radians.
  public func sin() -> Self { .apply(.sin, self) }
  /// The cosine of x radians.
  public func cos() -> Self { .apply(.cos, self) }
  /// The tangent of x radians.
  public func tan() -> Self { .apply(.tan, self) }
  /// The angle in −π/2…π/2 whose sine is x.
  public func asin() -> Self { .apply(.asin, self) }
  /// The angle in 0…π whose cosine is x.
  public func acos() -> Self { .apply(.acos, self) }
  /// The angle in −π/2…π/2 whose tangent is x.
  public func atan() -> Self { .apply(.atan, self) }
  /// The hyperbolic sine, (eˣ − e⁻ˣ) / 2.
  public func sinh() -> Self { .apply(.sinh, self) }
  /// The hyperbolic cosine, (eˣ + e⁻ˣ) / 2.
  public func cosh() -> Self { .apply(.cosh, self) }
  /// The hyperbolic tangent, (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).
  public func tanh() -> Self { .apply(.tanh, self) }
  /// The hyperbolic secant, 1 / cosh x.
  public func sech() -> Self { .apply(.sech, self) }
  /// The inverse of the hyperbolic sine.
  public func asinh() -> Self { .apply(.asinh, self) }
  /// The inverse of the hyperbolic cosine, for x ≥ 1.
  public func acosh() -> Self { .apply(.acosh, self) }
  /// The inverse of the hyperbolic tangent, for |x| < 1.
  public func atanh() -> Self { .apply(.atanh, self) }
  /// The error function, 2/√π ∫₀ˣ e^(−t²) dt.
  public func erf() -> Self { .apply(.erf, self) }
  /// 1 − erf(x), exact for large x.
  public func erfc() -> Self { .apply(.erfc, self) }
  /// The density of the standard normal distribution, φ(x) = exp(−x²/2) / √(2π).
  public func normalDensity() -> Self { .apply(.normalDensity, self) }
  /// The distribution function of the standard normal distribution, Φ(x) = ∫ φ from −∞ to x.
  public func normalDistribution() -> Self { .apply(.normalDistribution, self) }
  /// |x|, with derivative 0 at x = 0.
  public func abs() -> Self { .apply(.abs, self) }
  /// −1, 0 or 1 by the sign of x; its derivative is zero.
  public func sign() -> Self { .apply(.sign, self) }
  /// 1 where x > 0, else 0; its derivative is zero.
  @inline(__always)
  public func step() -> Self { .apply(.step, self) }
  /// x as it is, but no gradient flows back through it.
  public func stopGradient() -> Self { .apply(.stopGradient, self) }
  /// max(x, 0), with derivative 0 at x = 0.
  public func relu() -> Self { .apply(.relu, self) }
  /// The logistic function, 1 / (1 + e⁻ˣ).
  public func sigmoid() -> Self { .apply(.sigmoid, self) }
  /// log(1 + eˣ), a smooth relu.
  public func softplus() -> Self { .apply(.softplus, self) }
  /// x Φ(x) with the normal distribution function Φ, exactly, by erf.
  ///
  /// Source: Hendrycks and Gimpel, *Gaussian Error Linear Units*, 2016.
  public func gelu() -> Self { .apply(.gelu, self) }
  /// x · sigmoid(x), also called swish.
  ///
  /// Source: Elfwing, Uchibe and Doya, *Sigmoid-weighted linear units*, 2017.
  public func silu() -> Self { .apply(.silu, self) }

  /// xʸ for a number y. x⁰ is 1 with derivative 0, at x = 0 too.
  public func power(_ y: Double) -> Self { .apply(.power, self, y) }
  /// xʸ.
  @_disfavoredOverload
  public func power(_ y: Self) -> Self { .apply(.power, self, y) }
  /// Its name is ``power(_:)-(Double)``; the free form is `pow(x, y)`.
  @available(*, unavailable, renamed: "power")
  public func pow(_ y: Double) -> Self { power(y) }
  /// x where x > 0, else slope · x.
  public func leakyReLU(slope: Double = 0.01) -> Self { .apply(.leakyReLU, self, slope) }
  /// x where x > 0, else alpha · (eˣ − 1).
  ///
  /// Source: Clevert, Unterthiner and Hochreiter, *Exponential Linear Units*, 2015.
  public func elu(alpha: Double = 1) -> Self { .apply(.elu, self, alpha) }
  /// 1 where x > y, ½ where they are equal, else 0; its derivative is zero.
  public func greater(than y: Self) -> Self { .apply(.greater, self, y) }

  public static func select(
    where condition: Self, then positive: Self, else otherwise: Self
  ) -> Self {
    .apply(.select, [condition, positive, otherwise])
  }

  /// The entry of a table at an index that is itself data, such as a class label or a token.
  ///
  /// ```swift
  /// Value.lookup([Value(5), Value(7)], at: .constant(1))  // 7
  /// ```
  ///
  /// The gradient goes to the entry taken, none to the index.
  ///
  /// - Precondition: `index` is a whole number from 0 up to the number of entries.
  /// - Complexity: O(entries) to record, as the node keeps the table; O(1) for `backward()`. A
  ///   recorded gradient takes O(1) where the index is a constant, else O(entries).
  public static func lookup(_ table: [Self], at index: Self) -> Self {
    .apply(.lookup, [index] + table)
  }

  /// Σ xᵢ as one node; 0 for none.
  public static func sum(_ xs: [Self]) -> Self { .apply(.sum, xs) }
  /// Σ xᵢ / n as one node.
  public static func mean(_ xs: [Self]) -> Self { .apply(.mean, xs) }
  /// The largest of xs as one node. Ties share the gradient equally.
  public static func maximum(_ xs: [Self]) -> Self { .apply(.maximum, xs) }
  /// log Σ exp(xᵢ) as one node, without overflow.
  public static func logSumExp(_ xs: [Self]) -> Self { .apply(.logSumExp, xs) }
  /// Σ aᵢ bᵢ as one node.
  public static func dot(_ a: [Self], _ b: [Self]) -> Self { .dot(a, b, bias: nil) }

  public static func dot(_ a: [Self], _ b: [Self], bias: Self?) -> Self {
    requireEqualLengths(a.count, b.count)
    return .apply(.dot, a + b + (bias.map { [$0] } ?? []))
  }
}
