/// The Jacobian matrix where a fit ended, of weighted residuals.
enum FittedJacobian: Sendable {
  case dense(Matrix<Double>)
  case sparse(SparseMatrix, NormalEquations)

  /// Some rows and columns of (JᵀJ)⁻¹, 0 for parameters that are held.
  func inverseOfSquare(
    rowsAndColumns chosen: [Int], except held: [Bool]
  ) throws(LinearAlgebraError) -> Matrix<Double> {
    var result = Matrix<Double>(
      rowCount: chosen.count, columnCount: chosen.count,
      Array(repeating: 0, count: chosen.count * chosen.count))
    switch self {
    case .dense(let jacobian):
      let free = held.indices.filter { !held[$0] }
      let columns = free.map { jacobian.column($0) }
      let inverse = try QR(
        Matrix<Double>(
          rowCount: jacobian.rowCount, columnCount: free.count,
          (0..<jacobian.rowCount).flatMap { row in columns.map { $0[row] } })
      ).inverseOfSquare
      var places = [Int?](repeating: nil, count: held.count)
      for (place, parameter) in free.enumerated() { places[parameter] = place }
      for (i, a) in chosen.enumerated() {
        for (j, b) in chosen.enumerated() {
          if let row = places[a], let column = places[b] { result[i, j] = inverse[row, column] }
        }
      }
    case .sparse(let jacobian, let equations):
      let zeros = [Double](repeating: 0, count: held.count)
      let factors = try equations.factors(jacobian, diagonal: zeros, except: held)
      for (i, a) in chosen.enumerated() where !held[a] {
        let column = factors.solve(unitVector(a, count: held.count))
        for (j, b) in chosen.enumerated() { result[j, i] = column[b] }
      }
    }
    return result
  }
}
