/// The Hessian matrix of a program's only output with respect to its inputs, of which only the entries
/// that can be other than zero are computed: the pattern and its colouring are found once and kept.
///
/// ```swift
/// let program = try Program(inputs: 4) { x in
///   [.sum((0..<3).map { (x[$0 + 1] - x[$0] * x[$0]).power(2) })]
/// }
/// let hessian = try program.sparseHessian()
/// hessian.productCount               // 3, however long the chain
/// let h = try hessian(at: [1, 1, 1, 1])
/// h * [1, 0, 0, 0]                   // [8.0, -4.0, 0.0, 0.0]
/// ```
///
/// The gradient is a program too, whose Jacobian matrix this is: its pattern are the pairs of inputs that
/// interact nonlinearly. A star colouring makes use of the symmetry: in paths of four inputs each
/// interacting with the next no two colours alternate, so each entry, or its mirror image, is a number
/// of one product.
///
/// - Complexity: see ``SparseJacobian``; a product takes about as long as three gradients.
///
/// Source: Coleman and Moré, *Estimation of sparse Hessian matrices and graph coloring problems*, 1984;
/// Gebremedhin, Manne and Pothen, *What color is your Jacobian?*, 2005, section 4.
public final class SparseHessian {
  /// Where entries can be other than zero: inputs × inputs, symmetric, with the whole diagonal.
  public let pattern: SparsityPattern
  /// How many Hessian products an evaluation takes.
  public let productCount: Int
  private let gradient: Program
  private let products: CompressedProducts

  fileprivate init(_ program: Program) throws(ProgramError) {
    gradient = try program.gradient(withRespectTo: .inputs)
    let graph = gradient.graph
    pattern = Dependencies(of: Expansion.expanded(graph.form)).pattern.symmetrized
    let coloring = Coloring(starsOf: pattern)
    productCount = coloring.count
    products = CompressedProducts(
      graph, isForward: true, colors: coloring, entries: Self.entries(pattern, coloring.colors))
  }

  /// Where each entry is read: Hᵢⱼ in row i of the product for the colour of j, if no other neighbour of
  /// i has it, or else in row j of the product for the colour of i.
  private static func entries(
    _ pattern: SparsityPattern, _ colors: [Int32]
  ) -> [CompressedProducts.Entry] {
    var entries: [CompressedProducts.Entry] = []
    entries.reserveCapacity(pattern.count)
    var uses = [Int32](repeating: 0, count: Int(colors.max() ?? -1) + 1)
    for i in 0..<pattern.rowCount {
      for j in pattern[i] { uses[Int(colors[j])] += 1 }
      for place in pattern.starts[i]..<pattern.starts[i + 1] {
        let j = pattern.columns[place]
        let isAlone = uses[Int(colors[j])] == 1
        entries.append(
          .init(color: isAlone ? colors[j] : colors[i], number: isAlone ? i : j, place: place))
      }
      for j in pattern[i] { uses[Int(colors[j])] -= 1 }
    }
    return entries
  }

  /// The Hessian matrix at a point, exactly symmetric.
  ///
  /// - Parameters:
  ///   - point: a number for each input.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  /// - Throws: ``ProgramError/wrongSampleWidth(expected:found:sample:)``.
  public func callAsFunction(
    at point: [Double], threads: Int = 1
  ) throws(ProgramError) -> SparseMatrix {
    guard point.count == gradient.graph.inputCount else {
      throw .wrongSampleWidth(
        expected: gradient.graph.inputCount, found: point.count, sample: 0)
    }
    var values = [Double](repeating: 0, count: pattern.count)
    if !products.isEmpty {
      try products.evaluate(
        at: point, gradient.workspace(products.derivation), into: &values, threads: threads)
    }
    mirror(&values)
    return SparseMatrix(pattern, values: values)
  }

  /// Entries below the diagonal are those above it: the two orders of differentiation may round
  /// differently.
  private func mirror(_ values: inout [Double]) {
    var next = pattern.starts
    for i in 0..<pattern.rowCount {
      for place in pattern.starts[i]..<pattern.starts[i + 1] {
        let j = pattern.columns[place]
        if j <= i { continue }
        // Rows are met in ascending order: their entries below the diagonal come first.
        values[next[j]] = values[place]
        next[j] += 1
      }
    }
  }
}

extension Program {
  /// The Hessian matrix of the only output with respect to the inputs in sparse form, for evaluation at
  /// many points.
  ///
  /// ```swift
  /// let program = try Program(inputs: 2) { x in [x[0] * x[0] * x[1]] }
  /// try program.sparseHessian()(at: [1, 2]).values  // [4.0, 2.0, 2.0, 0.0]
  /// ```
  ///
  /// - Throws: ``ProgramError/severalOutputs(_:)``.
  public func sparseHessian() throws(ProgramError) -> SparseHessian { try SparseHessian(self) }
}

/// The Hessian matrix Hᵢⱼ = ∂²f/∂xᵢ∂xⱼ of which only the entries that can be other than zero, and the
/// diagonal, are computed and stored.
///
/// ```swift
/// let h = sparseHessian(at: [1.0, 2.0, 3.0]) { x in x[0] * x[1] + x[2].power(3) }
/// h.rows     // [0, 0, 1, 1, 2]
/// h.columns  // [0, 1, 0, 1, 2]
/// h.values   // [0.0, 1.0, 1.0, 0.0, 18.0]
/// ```
///
/// `f` runs once and is compiled; a branch in it on a number takes the side it takes at `x`. For
/// many points compile it once, and use ``Program/sparseHessian()``.
///
/// - Returns: inputs × inputs, exactly symmetric.
/// - Complexity: see ``SparseHessian``.
public func sparseHessian(at x: [Double], of f: ([Value]) -> Value) -> SparseMatrix {
  let recording = RecordedFunction(at: x) { [f($0)] }
  // Stops where a derivative outside of this one would be lost.
  _ = recording.values
  return orStop { () throws(ProgramError) in
    try Program(recording).sparseHessian()(at: x)
  }
}
