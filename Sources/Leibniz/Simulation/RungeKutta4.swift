/// One step of the classical Runge–Kutta method for y′ = f(y).
///
/// ```swift
/// var state = [1.0, 0.0]
/// for _ in 0..<100 { state = rungeKutta4(state, step: 0.01) { [$0[1], -$0[0]] } }
/// state[0]  // 0.5403…, cos 1
/// ```
///
/// y(t + h) ≈ y + h/6 (k₁ + 2k₂ + 2k₃ + k₄), with an error of order h⁵ in one step and h⁴ at a fixed
/// time. On ``Value`` the result can be differentiated; recorded by ``Program`` it is a compiled step,
/// for `checkpointed(steps:state:step:)`.
///
/// - Parameters:
///   - state: y.
///   - step: h; negative to go back in time.
///   - f: the derivatives y′ at a state, one for each of its numbers.
/// - Complexity: Four evaluations of `f`.
///
/// Source: Hairer, Nørsett and Wanner, *Solving Ordinary Differential Equations I*, 2nd ed., section
/// II.1.
@_specialize(where Number == Value)
@_specialize(where Number == Double)
@_specialize(where Number == Dual)
public func rungeKutta4<Number: Scalar>(
  _ state: [Number], step: Double, of f: (_ state: [Number]) -> [Number]
) -> [Number] {
  rungeKutta4(state, time: .constant(0), step: step) { _, state in f(state) }
}

/// One step of the classical Runge–Kutta method for y′ = f(t, y).
///
/// ```swift
/// rungeKutta4([0.0], time: 1.0, step: 0.5) { t, _ in [3 * t * t] }  // [2.375], 1.5³ − 1
/// ```
///
/// - Parameters:
///   - state: y at the time t.
///   - time: t.
///   - step: h; negative to go back in time.
///   - f: the derivatives y′ at a time and a state, one for each of its numbers.
/// - Complexity: Four evaluations of `f`.
@_specialize(where Number == Value)
@_specialize(where Number == Double)
@_specialize(where Number == Dual)
public func rungeKutta4<Number: Scalar>(
  _ state: [Number], time: Number, step: Double,
  of f: (_ time: Number, _ state: [Number]) -> [Number]
) -> [Number] {
  func slopes(_ time: Number, _ state: [Number]) -> [Number] {
    let slopes = f(time, state)
    require(
      slopes.count == state.count,
      "A state of \(counted(state.count, "number")) has \(counted(state.count, "derivative")), and "
        + "\(slopes.count) \(slopes.count == 1 ? "was" : "were") given.")
    return slopes
  }
  func moved(by h: Double, along k: [Number]) -> [Number] {
    zip(state, k).map { $0 + h * $1 }
  }
  let middle = time + step / 2
  let k1 = slopes(time, state)
  let k2 = slopes(middle, moved(by: step / 2, along: k1))
  let k3 = slopes(middle, moved(by: step / 2, along: k2))
  let k4 = slopes(time + step, moved(by: step, along: k3))
  return state.indices.map { i in
    let inner = 2 * (k2[i] + k3[i])
    let sum = k1[i] + inner + k4[i]
    return state[i] + (step / 6) * sum
  }
}
