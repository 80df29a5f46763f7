/// y(x), where F(x, y) = 0, found by any solver and differentiated by the implicit function theorem.
///
/// ```swift
/// // Kepler's equation E − e sin E = M for the eccentricity e and the mean anomaly M.
/// let x = [Value(0.5), Value(1)]
/// let E = try implicit(of: x) { x, E in
///   [E[0] - x[0] * sin(E[0]) - x[1]]
/// } solvedBy: { x in
///   var E = x[1]
///   for _ in 0..<20 { E -= (E - x[0] * sin(E) - x[1]) / (1 - x[0] * cos(E)) }
///   return [E]
/// }
/// E[0].backward()
/// print(E[0].data)  // 1.4987011335…
/// print(x[1].grad)  // 1.0373…, 1 / (1 − e cos E)
/// ```
///
/// dy/dx = −(∂F/∂y)⁻¹ ∂F/∂x: the steps of the solver are not differentiated, so it may be iterative,
/// branch, or be another program. The derivatives are formulas: to any order, in compiled programs too,
/// which call the solver for each sample. Where a later x has no solution, what the solver gives goes
/// on, and a singular ∂F/∂y gives NaN.
///
/// - Parameters:
///   - x: what y depends on.
///   - equations: F, a number for each of y, over values; zero at the solution.
///   - solve: the solution y at x, as numbers.
///   - tolerance: how far from the solution y may be, as a part of its size (of 1, if it is smaller):
///     the length of a step of Newton's method from there.
/// - Returns: y, which can be differentiated by x.
/// - Throws: ``ImplicitError`` if the solver's y is no solution, or not the only one nearby.
/// - Complexity: for n unknowns, O(n³) and n gradients of F at each differentiation.
///
/// Source: Krantz and Parks, *The Implicit Function Theorem*, 2002; Griewank and Walther, *Evaluating
/// Derivatives*, 2nd ed., section 15.1.
public func implicit(
  of x: [Value], tolerance: Double = 1e-6,
  equations: @escaping @Sendable (_ x: [Value], _ y: [Value]) -> [Value],
  solvedBy solve: @escaping @Sendable (_ x: [Double]) -> [Double]
) throws(ImplicitError) -> [Value] {
  let numbers = x.map { $0.data }
  let y = solve(numbers)
  guard !y.isEmpty else { throw .noUnknowns }
  try ImplicitSystem(equations, at: numbers, y).check(tolerance)
  let operation = CustomOperation(
    "implicit", outputs: y.count, value: { $0 == numbers ? y : solve($0) },
    numbers: { x, y, c in ImplicitSystem(equations, at: x, y).pullback(of: c) },
    formulas: { x, y, c in
      let residuals = equations(x, y)
      let jacobian = residuals.map { residual in
        residual.isConstant
          ? y.map { _ in Value.constant(0) } : gradients(of: residual, withRespectTo: y)
      }
      let weights = Leibniz.solve(Matrix(jacobian).transposed, c)
      return RecordedFunction(of: residuals, withRespectTo: x).formulas(
        cotangent: weights.map { -$0 })
    })
  return operation.outputs(of: x)
}

/// Why y(x) cannot be told from F(x, y) = 0.
public enum ImplicitError: Error, Equatable, CustomStringConvertible {
  /// The solver gave no numbers.
  case noUnknowns
  /// There are more or fewer equations than unknowns.
  case wrongEquationCount(unknowns: Int, equations: Int)
  /// An unknown, or the residual of an equation, is infinite or not a number.
  case notFinite(equation: Int, unknown: Double, residual: Double)
  /// ∂F/∂y is singular: an unknown is not determined by the equations.
  case singular(unknown: Int)
  /// Newton's method would still move an unknown.
  case notASolution(unknown: Int, found: Double, distance: Double)

  /// What is wrong, and with which equation or unknown.
  public var description: String {
    switch self {
    case .noUnknowns: "The solver gave no numbers."
    case .wrongEquationCount(let unknowns, let equations):
      "There are \(counted(equations, "equation")) for \(counted(unknowns, "unknown"))."
    case .notFinite(let equation, let unknown, let residual):
      "Unknown \(equation) is \(unknown) and the residual of equation \(equation) is \(residual)."
    case .singular(let unknown):
      "The equations do not determine unknown \(unknown): their Jacobian matrix is singular."
    case .notASolution(let unknown, let found, let distance):
      "The solver gave \(found) for unknown \(unknown), from which the solution is \(distance) away."
    }
  }
}

/// F at numbers.
private struct ImplicitSystem {
  private let recording: RecordedFunction
  private let x: [Double]
  private let y: [Double]

  init(_ equations: ([Value], [Value]) -> [Value], at x: [Double], _ y: [Double]) {
    (self.x, self.y) = (x, y)
    recording = RecordedFunction(at: x + y) {
      equations(Array($0[..<x.count]), Array($0[x.count...]))
    }
  }

  /// ∂F/∂y, a row for each equation.
  private var jacobian: Matrix<Double> {
    Matrix(
      y.indices.map {
        Array(recording.pullback(of: unitVector($0, count: y.count))[x.count...])
      })
  }

  /// −(∂F/∂x)ᵀ (∂F/∂y)⁻ᵀ c.
  func pullback(of c: [Double]) -> [Double] {
    guard let weights = try? solve(jacobian.transposed, c) else { return x.map { _ in .nan } }
    return Array(recording.pullback(of: weights.map { -$0 })[..<x.count])
  }

  func check(_ tolerance: Double) throws(ImplicitError) {
    let residuals = recording.values
    guard residuals.count == y.count else {
      throw .wrongEquationCount(unknowns: y.count, equations: residuals.count)
    }
    for (i, (y, residual)) in zip(y, residuals).enumerated()
    where !(y.isFinite && residual.isFinite) {
      throw .notFinite(equation: i, unknown: y, residual: residual)
    }
    let step: [Double]
    do throws(LinearAlgebraError) {
      step = try solve(jacobian, residuals)
    } catch {
      throw .singular(unknown: error.column)
    }
    for i in y.indices where !(step[i].magnitude <= tolerance * max(1, y[i].magnitude)) {
      throw .notASolution(unknown: i, found: y[i], distance: step[i].magnitude)
    }
  }
}

extension LinearAlgebraError {
  /// The column that is the reason.
  fileprivate var column: Int {
    switch self {
    case .rankDeficient(let column), .notFinite(_, let column): column
    case .notPositiveDefinite(let row, _): row
    }
  }
}
