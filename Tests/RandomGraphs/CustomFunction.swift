import Leibniz

/// Custom operations that random graphs are made of: each states its value and its partial derivatives
/// in a ``CustomOperation``, and the same function as a formula, for other numbers than values.
package enum CustomFunction: String, CaseIterable {
  case cube, wave, product

  /// How many numbers it takes.
  var arity: Int {
    switch self {
    case .cube: 1
    case .wave: 2
    case .product: 3
    }
  }

  func callAsFunction<T: Scalar>(_ x: [T]) -> T {
    if let x = x as? [Value] { return Self.operations[self]!(x) as! T }
    return formula(x)
  }

  private func formula<T: Scalar>(_ x: [T]) -> T {
    switch self {
    case .cube: x[0].power(3)
    case .wave: x[0].sin() * x[1]
    case .product: x[0] * x[1] * x[2]
    }
  }

  private func partials(_ x: [Value]) -> [Value] {
    switch self {
    case .cube: [3 * x[0].power(2)]
    case .wave: [x[0].cos() * x[1], x[0].sin()]
    case .product: [x[1] * x[2], x[0] * x[2], x[0] * x[1]]
    }
  }

  private static let operations = Dictionary(
    uniqueKeysWithValues: allCases.map { f in
      (
        f,
        CustomOperation(
          f.rawValue, value: { (x: [Double]) in f.formula(x) }, partials: { x, _ in f.partials(x) })
      )
    })
}
