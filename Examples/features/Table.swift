import Leibniz

/// Rows of ten columns, of which four matter, along two directions.
struct Table {
  var rows: [[Double]] = []
  var targets: [Double] = []

  static let columns = 10
  /// y = tanh 2u + v² with u along the first and v along the second.
  static let directions: [[Double]] = [
    [1, 1, 0, 0, 0, 0, 0, 0, 0, 0].map { $0 / 2.0.squareRoot() },
    [0, 0, 0, 1, 0, -1, 0, 0, 0, 0].map { $0 / 2.0.squareRoot() },
  ]

  /// Rows of standard normal numbers, and a target with a little noise for each.
  init<G: RandomNumberGenerator>(count: Int, noise: Double, using generator: inout G) {
    for _ in 0..<count {
      let row = (0..<Table.columns).map { _ in generator.normal() }
      let (u, v) = (Double.dot(Table.directions[0], row), Double.dot(Table.directions[1], row))
      rows.append(row)
      targets.append((2 * u).tanh() + v * v + noise * generator.normal())
    }
  }

  /// The share of the targets' variance that predictions leave unexplained.
  func error(of predict: ([Double]) -> Double) -> Double {
    let mean = targets.reduce(0, +) / Double(targets.count)
    let left = zip(rows, targets).reduce(0) { $0 + squared(predict($1.0) - $1.1) }
    return left / targets.reduce(0) { $0 + squared($1 - mean) }
  }
}

private func squared(_ x: Double) -> Double { x * x }
