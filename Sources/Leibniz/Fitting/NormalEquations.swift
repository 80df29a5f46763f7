import LeibnizKernels

/// How the normal equations (JᵀJ + D) h = g of a sparse Jacobian matrix J are factored: made once for its
/// pattern, used for each J.
///
/// Multifrontal: each front is a small dense matrix of the parameters that are eliminated together and of
/// those they meet. The squares of its own residuals and what earlier fronts have left are added up in
/// it, its parameters are eliminated by Cholesky's method, and what is left goes to the next front that
/// it concerns. JᵀJ is never made.
///
/// Source: Duff and Reid, *The multifrontal solution of indefinite sparse symmetric linear equations*,
/// 1983; Liu, *The multifrontal method for sparse matrix solution*, 1992.
final class NormalEquations: Sendable {
  /// A front's parameters, the eliminated ones first, and where the others stand in its parent.
  private struct Front: Sendable {
    let pivotCount: Int
    let columns: [Int]
    let residuals: [Int]
    let parent: Int
    let placesInParent: [Int]
    /// Where its factor begins: a row of all columns for each pivot.
    let factor: Int
  }

  let pattern: SparsityPattern
  /// Neighbouring parameters of the same residuals.
  let groups: [Range<Int>]
  private let fronts: [Front]
  private let factorCount: Int
  /// Multiplications to factor the matrix.
  let work: Double

  init(_ pattern: SparsityPattern) {
    self.pattern = pattern
    let order = EliminationOrder(pattern)
    groups = order.groups
    var fronts: [Front] = []
    var (factorCount, work) = (0, 0.0)
    var places = [Int](repeating: -1, count: pattern.columnCount)
    for front in order.fronts {
      let columns = Array(front.pivots) + front.others.flatMap { order.groups[$0] }
      var placesInParent: [Int] = []
      if let parent = front.parent {
        let next = order.fronts[parent]
        for (place, column) in next.pivots.enumerated() { places[column] = place }
        var place = next.pivots.count
        for column in next.others.lazy.flatMap({ order.groups[$0] }) {
          places[column] = place
          place += 1
        }
        placesInParent = columns.dropFirst(front.pivots.count).map { places[$0] }
      }
      let pivots = front.pivots.count
      fronts.append(
        Front(
          pivotCount: pivots, columns: columns, residuals: front.residuals,
          parent: front.parent ?? -1, placesInParent: placesInParent, factor: factorCount))
      factorCount += pivots * columns.count
      work += Double(pivots) * Double(columns.count) * Double(columns.count) / 2
    }
    self.fronts = fronts
    self.factorCount = factorCount
    self.work = work
  }

  /// JᵀJ + D as UᵀU.
  struct Factors: Sendable {
    fileprivate let equations: NormalEquations
    fileprivate let upper: [Double]
  }

  /// The factors for one J and one D.
  ///
  /// - Parameters:
  ///   - diagonal: the entries of D.
  ///   - held: parameters whose equations become h = g.
  /// - Throws: ``LinearAlgebraError/rankDeficient(column:)``.
  func factors(
    _ jacobian: SparseMatrix, diagonal: [Double], except held: [Bool]
  ) throws(LinearAlgebraError) -> Factors {
    var upper = [Double](repeating: 0, count: factorCount)
    var matrices = [[Double]](repeating: [], count: fronts.count)
    var places = [Int](repeating: 0, count: pattern.columnCount)
    var squares = diagonal
    for (place, column) in pattern.columns.enumerated() {
      squares[column] += jacobian.values[place] * jacobian.values[place]
    }
    for (number, front) in fronts.enumerated() {
      let size = front.columns.count
      var matrix: [Double] = []
      swap(&matrix, &matrices[number])
      if matrix.isEmpty { matrix = Array(repeating: 0, count: size * size) }
      for (place, column) in front.columns.enumerated() { places[column] = place }
      addSquares(of: front.residuals, jacobian, held, places, to: &matrix, size)
      for place in 0..<front.pivotCount {
        let column = front.columns[place]
        matrix[place * size + place] += held[column] ? 1 : diagonal[column]
      }
      let least = front.columns.prefix(front.pivotCount).map {
        held[$0] ? 0 : Self.leastPivot * squares[$0]
      }
      if let place = Self.eliminate(&matrix, size, least) {
        throw .rankDeficient(column: front.columns[place])
      }
      for place in 0..<front.pivotCount * size { upper[front.factor + place] = matrix[place] }
      guard front.parent >= 0 else { continue }
      let parentSize = fronts[front.parent].columns.count
      if matrices[front.parent].isEmpty {
        matrices[front.parent] = Array(repeating: 0, count: parentSize * parentSize)
      }
      Self.add(
        matrix, size, front.pivotCount, to: &matrices[front.parent], parentSize,
        at: front.placesInParent)
    }
    return Factors(equations: self, upper: upper)
  }

  private func addSquares(
    of residuals: [Int], _ jacobian: SparseMatrix, _ held: [Bool], _ places: [Int],
    to matrix: inout [Double], _ size: Int
  ) {
    pattern.columns.withUnsafeBufferPointer { columns in
      jacobian.values.withUnsafeBufferPointer { values in
        matrix.withUnsafeMutableBufferPointer { matrix in
          for row in residuals {
            let range = pattern.starts[row]..<pattern.starts[row + 1]
            for a in range where !held[columns[a]] {
              let (i, x) = (places[columns[a]], values[a])
              for b in range {
                let j = places[columns[b]]
                if j >= i && !held[columns[b]] { matrix[i * size + j] += x * values[b] }
              }
            }
          }
        }
      }
    }
  }

  /// Cholesky's method for the first rows of a symmetric matrix, of which the upper half is looked at.
  ///
  /// - Parameter least: what a pivot that does not depend on earlier ones exceeds.
  /// - Returns: the first pivot that does.
  private static func eliminate(
    _ matrix: inout [Double], _ size: Int, _ least: [Double]
  ) -> Int? {
    matrix.withUnsafeMutableBufferPointer { matrix in
      for p in least.indices {
        let row = p * size
        for q in 0..<p {
          let factor = matrix[q * size + p]
          if factor == 0 { continue }
          for j in p..<size { matrix[row + j] -= factor * matrix[q * size + j] }
        }
        guard matrix[row + p] > least[p], matrix[row + p].isFinite else { return p }
        let scale = 1 / matrix[row + p].squareRoot()
        for j in p..<size { matrix[row + j] *= scale }
      }
      leibniz_subtract_squares(matrix.baseAddress!, size, least.count)
      return nil
    }
  }

  /// What rounding errors leave of an entry of JᵀJ whose column depends on others.
  private static let leastPivot = 1e-14

  /// Adds what is left of a front to its parent.
  private static func add(
    _ matrix: [Double], _ size: Int, _ pivots: Int, to parent: inout [Double], _ parentSize: Int,
    at places: [Int]
  ) {
    matrix.withUnsafeBufferPointer { matrix in
      parent.withUnsafeMutableBufferPointer { parent in
        places.withUnsafeBufferPointer { places in
          let count = places.count
          for i in 0..<count {
            let (from, to) = ((i + pivots) * size + pivots, places[i] * parentSize)
            if places[count - 1] - places[i] == count - 1 - i {
              let shift = to + places[i] - i
              for j in i..<count { parent[shift + j] += matrix[from + j] }
            } else {
              for j in i..<count { parent[to + places[j]] += matrix[from + j] }
            }
          }
        }
      }
    }
  }
}

extension NormalEquations.Factors {
  /// h where (JᵀJ + D) h = g.
  func solve(_ g: [Double]) -> [Double] {
    var h = g
    for front in equations.fronts {
      let size = front.columns.count
      for p in 0..<front.pivotCount {
        let row = front.factor + p * size
        let number = h[front.columns[p]] / upper[row + p]
        h[front.columns[p]] = number
        if number == 0 { continue }
        for j in p + 1..<max(size, p + 1) { h[front.columns[j]] -= upper[row + j] * number }
      }
    }
    for front in equations.fronts.reversed() {
      let size = front.columns.count
      for p in (0..<front.pivotCount).reversed() {
        let row = front.factor + p * size
        var number = h[front.columns[p]]
        for j in p + 1..<max(size, p + 1) { number -= upper[row + j] * h[front.columns[j]] }
        h[front.columns[p]] = number / upper[row + p]
      }
    }
    return h
  }
}
