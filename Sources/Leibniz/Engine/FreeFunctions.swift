// The functions as Foundation spells them: `exp(x)`. One line each. Those whose names the standard
// library has for `Double` too give way to it there.

/// eˣ.
public func exp<T: Scalar>(_ x: T) -> T.Number { x.exp() }
/// The natural logarithm of x.
public func log<T: Scalar>(_ x: T) -> T.Number { x.log() }
/// log(1 + x), exact for small x.
public func log1p<T: Scalar>(_ x: T) -> T.Number { x.log1p() }
/// eˣ − 1, exact for small x.
public func expm1<T: Scalar>(_ x: T) -> T.Number { x.expm1() }
/// √x.
public func sqrt<T: Scalar>(_ x: T) -> T.Number { x.sqrt() }
/// The sine of x radians.
public func sin<T: Scalar>(_ x: T) -> T.Number { x.sin() }
/// The cosine of x radians.
public func cos<T: Scalar>(_ x: T) -> T.Number { x.cos() }
/// The tangent of x radians.
public func tan<T: Scalar>(_ x: T) -> T.Number { x.tan() }
/// The angle in −π/2…π/2 whose sine is x.
public func asin<T: Scalar>(_ x: T) -> T.Number { x.asin() }
/// The angle in 0…π whose cosine is x.
public func acos<T: Scalar>(_ x: T) -> T.Number { x.acos() }
/// The angle in −π/2…π/2 whose tangent is x.
public func atan<T: Scalar>(_ x: T) -> T.Number { x.atan() }
/// The hyperbolic sine, (eˣ − e⁻ˣ) / 2.
public func sinh<T: Scalar>(_ x: T) -> T.Number { x.sinh() }
/// The hyperbolic cosine, (eˣ + e⁻ˣ) / 2.
public func cosh<T: Scalar>(_ x: T) -> T.Number { x.cosh() }
/// The hyperbolic tangent, (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).
public func tanh<T: Scalar>(_ x: T) -> T.Number { x.tanh() }
/// The inverse of the hyperbolic sine.
public func asinh<T: Scalar>(_ x: T) -> T.Number { x.asinh() }
/// The inverse of the hyperbolic cosine, for x ≥ 1.
public func acosh<T: Scalar>(_ x: T) -> T.Number { x.acosh() }
/// The inverse of the hyperbolic tangent, for |x| < 1.
public func atanh<T: Scalar>(_ x: T) -> T.Number { x.atanh() }
/// The error function, 2/√π ∫₀ˣ e^(−t²) dt.
public func erf<T: Scalar>(_ x: T) -> T.Number { x.erf() }
/// 1 − erf(x), exact for large x.
public func erfc<T: Scalar>(_ x: T) -> T.Number { x.erfc() }
/// |x|, with derivative 0 at x = 0.
@_disfavoredOverload
public func abs<T: Scalar>(_ x: T) -> T.Number { x.abs() }
/// xʸ.
@_disfavoredOverload
public func pow<T: Scalar>(_ x: T, _ y: T) -> T.Number { x.power(y) }
/// xʸ for a number y.
public func pow<T: Scalar>(_ x: T, _ y: Double) -> T.Number { x.power(y) }
/// xʸ for a number x.
@_disfavoredOverload
public func pow<T: Scalar>(_ x: Double, _ y: T) -> T.Number { .apply(.power, x, y) }
/// The angle in −π…π of the point (x, y).
public func atan2<T: Scalar>(_ y: T, _ x: T) -> T.Number { .apply(.atan2, y, x) }
/// The smaller of x and y. A tie shares the gradient equally.
@_disfavoredOverload
public func min<T: Scalar>(_ x: T, _ y: T) -> T.Number { .apply(.minimum, x, y) }
/// The smaller of x and a number.
@_disfavoredOverload
public func min<T: Scalar>(_ x: T, _ y: Double) -> T.Number { .apply(.minimum, x, y) }
/// The smaller of a number and y.
@_disfavoredOverload
public func min<T: Scalar>(_ x: Double, _ y: T) -> T.Number { .apply(.minimum, x, y) }
/// The larger of x and y. A tie shares the gradient equally.
@_disfavoredOverload
public func max<T: Scalar>(_ x: T, _ y: T) -> T.Number { .apply(.maximum, x, y) }
/// The larger of x and a number.
@_disfavoredOverload
public func max<T: Scalar>(_ x: T, _ y: Double) -> T.Number { .apply(.maximum, x, y) }
/// The larger of a number and y.
@_disfavoredOverload
public func max<T: Scalar>(_ x: Double, _ y: T) -> T.Number { .apply(.maximum, x, y) }
