/// The eigenvalues and eigenvectors of a symmetric matrix: A vₖ = λₖ vₖ.
///
/// ```swift
/// let eigen = SymmetricEigen([[2, 1], [1, 2]])
/// eigen.values.map { $0.rounded() }  // [3.0, 1.0]
/// eigen.vectors[0]  // along (1, 1), of length 1
/// ```
///
/// The signs of the vectors are such that the entries of each have no negative sum. Of an average
/// gradient outer product, the first vectors are the directions along which a function changes most.
///
/// - Complexity: O(n³) for each of about ten sweeps of rotations.
///
/// Source: Golub and Van Loan, *Matrix Computations*, 4th ed., section 8.5: Jacobi's method.
public struct SymmetricEigen: Equatable, Sendable {
  /// The eigenvalues, the largest first.
  public let values: [Double]
  /// Their vectors, of length 1.
  public let vectors: [[Double]]

  /// Of a matrix given by its rows; the upper half alone is looked at.
  ///
  /// - Precondition: the matrix is square.
  public init(_ rows: [[Double]]) {
    let n = rows.count
    require(
      rows.allSatisfy { $0.count == n },
      "A matrix of \(n) rows with \(rows.first?.count ?? 0) columns has no eigenvalues.")
    var a = (0..<n).map { i in (0..<n).map { j in i <= j ? rows[i][j] : rows[j][i] } }
    var v = (0..<n).map { i in (0..<n).map { j in i == j ? 1.0 : 0 } }
    let size = a.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
    for _ in 0..<60 {
      var outside = 0.0
      for i in 0..<n { for j in i + 1..<max(n, i + 1) { outside += a[i][j] * a[i][j] } }
      guard outside > 1e-30 * size else { break }
      for p in 0..<n { for q in p + 1..<max(n, p + 1) { SymmetricEigen.rotate(&a, &v, p, q) } }
    }
    let order = (0..<n).sorted { (-a[$0][$0], $0) < (-a[$1][$1], $1) }
    values = order.map { a[$0][$0] }
    vectors = order.map { column in
      v[column].reduce(0, +) < 0 ? v[column].map { -$0 } : v[column]
    }
  }

  /// Turns the axes p and q so that the entry between them becomes 0. The vectors are rows of `v`.
  private static func rotate(_ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int) {
    guard a[p][q] != 0 else { return }
    let half = (a[q][q] - a[p][p]) / (2 * a[p][q])
    let tangent = (half < 0 ? -1 : 1) / (half.magnitude + (1 + half * half).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = tangent * cosine
    for k in a.indices {
      (a[k][p], a[k][q]) = (
        cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q]
      )
    }
    for k in a.indices {
      (a[p][k], a[q][k]) = (
        cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k]
      )
      (v[p][k], v[q][k]) = (
        cosine * v[p][k] - sine * v[q][k], sine * v[p][k] + cosine * v[q][k]
      )
    }
  }
}
