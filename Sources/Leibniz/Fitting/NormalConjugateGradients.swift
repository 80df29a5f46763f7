/// Conjugate gradients for (JᵀJ + D) h = g, of which only products with J are needed, preconditioned by
/// the diagonal blocks of neighbouring parameters of the same residuals.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 5.3; Agarwal, Snavely, Seitz
/// and Szeliski, *Bundle adjustment in the large*, 2010.
struct NormalConjugateGradients {
  private let matrix: SparseMatrix
  private let diagonal: [Double]
  private let held: [Bool]
  private let groups: [Range<Int>]
  private let blocks: [Cholesky<Double>]

  /// `nil` where a block is singular.
  init?(
    _ matrix: SparseMatrix, groups: [Range<Int>], diagonal: [Double], except held: [Bool]
  ) {
    self.matrix = matrix
    self.groups = groups
    self.diagonal = diagonal
    self.held = held
    var groupOf = [Int](repeating: 0, count: matrix.columnCount)
    var squares = groups.enumerated().map { number, group in
      for column in group { groupOf[column] = number }
      return Matrix<Double>.identity(group.count)
    }
    for column in diagonal.indices where !held[column] {
      let place = column - groups[groupOf[column]].lowerBound
      squares[groupOf[column]][place, place] = diagonal[column]
    }
    let pattern = matrix.pattern
    for row in 0..<pattern.rowCount {
      let range = pattern.starts[row]..<pattern.starts[row + 1]
      for a in range where !held[pattern.columns[a]] {
        let group = groupOf[pattern.columns[a]]
        let first = groups[group].lowerBound
        for b in range where groupOf[pattern.columns[b]] == group && !held[pattern.columns[b]] {
          squares[group][pattern.columns[a] - first, pattern.columns[b] - first] +=
            matrix.values[a] * matrix.values[b]
        }
      }
    }
    var blocks: [Cholesky<Double>] = []
    for square in squares {
      guard let block = try? Cholesky(square) else { return nil }
      blocks.append(block)
    }
    self.blocks = blocks
  }

  /// h, to eight digits of the residual.
  func solve(_ g: [Double]) -> [Double] {
    var h = [Double](repeating: 0, count: g.count)
    var r = g
    var z = preconditioned(r)
    var p = z
    var product = dot(r, z)
    let enough = 1e-16 * product
    for _ in 0..<4 * g.count where product > enough {
      let q = normalProduct(p)
      let curvature = dot(p, q)
      guard curvature > 0 else { break }
      let length = product / curvature
      for i in h.indices {
        h[i] += length * p[i]
        r[i] -= length * q[i]
      }
      z = preconditioned(r)
      let next = dot(r, z)
      let share = next / product
      product = next
      for i in p.indices { p[i] = z[i] + share * p[i] }
    }
    return h
  }

  private func dot(_ x: [Double], _ y: [Double]) -> Double {
    x.indices.reduce(0) { $0 + x[$1] * y[$1] }
  }

  private func normalProduct(_ x: [Double]) -> [Double] {
    var product = matrix.transposedProduct(matrix * x)
    for i in product.indices { product[i] = held[i] ? 0 : product[i] + diagonal[i] * x[i] }
    return product
  }

  private func preconditioned(_ x: [Double]) -> [Double] {
    zip(groups, blocks).flatMap { group, block in block.solve(Array(x[group])) }
  }
}
