// Forms in which the rows of the table keep their digits: where a textbook's formula cancels, over- or
// underflows on the way, or meets 0 · ∞.

/// 1 / (1 + exp(−x)), by the exponential of the negative magnitude, which cannot overflow.
@inline(__always)
func logistic<T: Elementary>(_ x: T) -> T {
  let e = T.exp(-T.magnitude(x))
  return T.choose(x, atLeast: T(0), T(1), otherwise: e) / (T(1) + e)
}

/// x / (1 + exp(−x)), by the root of the exponential: x · eˣ keeps its digits where eˣ is subnormal.
@inline(__always)
func swish<T: Elementary>(_ x: T) -> T {
  let root = T.exp(T(-0.5) * T.magnitude(x))
  let y = T.choose(x, atLeast: T(0), x, otherwise: finiteBelow(x) * root * root)
  return y / (T(1) + root * root)
}

/// 2 / (eˣ + e⁻ˣ), by the exponential that cannot overflow.
@inline(__always)
func hyperbolicSecant<T: Elementary>(_ x: T) -> T {
  let e = T.exp(-T.magnitude(x))
  return (e + e) / (T(1) + e * e)
}

/// exp(−x²/2) / √(2π).
///
/// The rounding of x² alone would cost x²/2 units in the last place. So x = h + l, where h has 24
/// bits and an exact square, and exp(−x²/2) = exp(−h²/2) · exp(−d) with d = l (x + h) / 2 < 10⁻⁴,
/// for which three terms of the series do.
@inline(__always)
func gaussian<T: Elementary>(_ x: T) -> T {
  let magnitude = T.magnitude(x)
  let x = T.choose(magnitude, atLeast: T(40), T(40), otherwise: magnitude)
  let (h, l) = highAndLow(x)
  let e = T.exp(T(-0.5) * h * h)
  let d = T(0.5) * l * (x + h)
  return T(0.3989422804014327) * (e - e * (d * (T(1) - d * (T(0.5) - d * T(1.0 / 6)))))
}

/// ½ erfc(−x / √2).
///
/// The rounding of the argument alone would cost x² units in the last place. So τ, what rounding took
/// from the argument t, is put back: erfc(t + τ) = erfc(t) (1 − τ R(t)), where R, the inverse of
/// Mills' ratio, lies within 0.2/t² of t + √(t² + 1.6).
@inline(__always)
func gaussianDistribution<T: Elementary>(_ x: T) -> T {
  let x = T.choose(
    x, atLeast: T(40), T(40), otherwise: T.choose(T(-40), atLeast: x, T(-40), otherwise: x))
  // −√½ = a + b + c, where a and b have 25 bits, so that their products with h are exact.
  let (a, b, c) = (T(-0x1.6a09e6p-1), T(-0x1.9fcef3p-27), T(-0x1.21165f626cdd5p-54))
  let t = x * T(-0.5.squareRoot())
  let (h, l) = highAndLow(x)
  let tau = (((h * a - t) + h * b) + l * a) + (l * b + x * c)
  let e = T.erfc(t)
  return T(0.5) * (e - e * (tau * (t + T.sqrt(t * t + T(1.6)))))
}

/// x = h + l for |x| ≤ 40, where h has 24 bits.
@inline(__always)
private func highAndLow<T: Elementary>(_ x: T) -> (h: T, l: T) {
  let shift = T(0x1.8p34)
  let h = (x + shift) - shift
  return (h, x - h)
}

/// x, but not below −greatestFiniteMagnitude: −∞ · 0 is then 0, the limit.
@inline(__always)
func finiteBelow<T: Elementary>(_ x: T) -> T {
  let least = T(-Double.greatestFiniteMagnitude)
  return T.choose(least, atLeast: x, least, otherwise: x)
}

/// One of three numbers by the sign of x; NaN where x is NaN.
@inline(__always)
func piecewise<T: Elementary>(_ x: T, negative: T, zero: T, positive: T) -> T {
  T.choose(
    T(0), atLeast: x,
    T.choose(x, atLeast: T(0), zero, otherwise: negative),
    otherwise: T.choose(x, atLeast: T(0), positive, otherwise: x))
}

/// x, but not above greatestFiniteMagnitude: ∞ · 0 is then 0, the limit.
@inline(__always)
func finiteAbove<T: Scalar>(_ x: T) -> T {
  T.apply(.minimum, x, Double.greatestFiniteMagnitude)
}

/// x, but ±greatestFiniteMagnitude for ±∞: x · 0 is then 0, the limit.
@inline(__always)
func finite<T: Scalar>(_ x: T) -> T {
  T.apply(.maximum, finiteAbove(x), -Double.greatestFiniteMagnitude)
}

/// x where it is not above 0, else 0; at 0 its derivative is 1, the limit from below.
@inline(__always)
func negativePart<T: Scalar>(_ x: T) -> T {
  T.select(where: x, then: T.constant(0), else: x)
}

/// 1 − x², whose value does not cancel where |x| is near 1, as 1 − x · x does, and whose derivative
/// does not where x is near 0, as that of (1 − x) (1 + x) does.
@inline(__always)
func oneMinusSquare<T: Scalar>(_ x: T) -> T {
  let difference = 1 - x * x
  return difference + ((1 - x) * (1 + x) - difference).stopGradient()
}

/// 1 / √(1 + x²), for large x scaled by a power of two so that no square overflows.
@inline(__always)
func inverseLength<T: Scalar>(_ x: T) -> T {
  let k = T.select(where: x.abs() - 0x1p250, then: T.constant(0x1p-600), else: T.constant(1))
  return k / (squared(k) + squared(finite(k * x))).sqrt()
}

/// x / (x² + y²), scaled by a power of two so that no square over- or underflows.
@inline(never)
func inverted<T: Scalar>(_ x: T, _ y: T) -> T {
  let size = T.apply(.maximum, x.abs(), y.abs())
  let k = T.select(
    where: size - 0x1p250, then: T.constant(0x1p-600),
    else: T.select(where: 0x1p-250 - size, then: T.constant(0x1p600), else: T.constant(1)))
  let (x, y) = (finite(k * x), finite(k * y))
  return k * (x / (squared(x) + squared(y)))
}
