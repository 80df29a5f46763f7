/// The Jacobian matrix of a program's outputs with respect to its inputs, of which only the entries that
/// can be other than zero are computed: the pattern and its colouring are found once and kept.
///
/// ```swift
/// let program = try Program(inputs: 4) { x in (0..<3).map { x[$0] * x[$0 + 1] } }
/// let jacobian = program.sparseJacobian()
/// jacobian.pattern.count               // 6
/// jacobian.productCount                // 2, instead of 4 columns or 3 rows
/// let j = try jacobian(at: [1, 2, 3, 4])
/// j.values                             // [2.0, 1.0, 3.0, 2.0, 4.0, 3.0]
/// ```
///
/// The pattern follows from the program's instructions, and holds for all numbers. Columns that
/// have no row in common are differentiated at once, along the sum of their directions; rows
/// that have no column in common likewise in reverse; whichever, or both together, takes fewest products.
/// The products are lanes of one run.
///
/// - Complexity: the pattern takes time in proportion to the program and the inputs below each operation,
///   its colouring Σ (entries of a row)²; an evaluation is as many runs as ``productCount``, eight at a
///   time.
///
/// Source: Curtis, Powell and Reid, *On the estimation of sparse Jacobian matrices*, 1974; Gebremedhin,
/// Manne and Pothen, *What color is your Jacobian?*, 2005.
public final class SparseJacobian {
  /// Where entries can be other than zero: outputs × inputs.
  public let pattern: SparsityPattern
  /// How many products with vectors an evaluation takes.
  public let productCount: Int
  private let program: Program
  private let forward: CompressedProducts
  private let reverse: CompressedProducts

  fileprivate init(_ program: Program) {
    self.program = program
    let graph = program.graph
    pattern = Dependencies(of: Expansion.expanded(graph.form)).pattern
    let compression = Compression.best(for: pattern)
    productCount = compression.count
    var forward: [CompressedProducts.Entry] = []
    var reverse: [CompressedProducts.Entry] = []
    for row in 0..<pattern.rowCount {
      for place in pattern.starts[row]..<pattern.starts[row + 1] {
        let column = pattern.columns[place]
        if compression.isForward(row: row, column: column) {
          let color = compression.columns.colors[column]
          forward.append(.init(color: color, number: row, place: place))
        } else {
          let color = compression.rows.colors[row]
          reverse.append(.init(color: color, number: column, place: place))
        }
      }
    }
    self.forward = CompressedProducts(
      graph, isForward: true, colors: compression.columns, entries: forward)
    self.reverse = CompressedProducts(
      graph, isForward: false, colors: compression.rows, entries: reverse)
  }

  /// The Jacobian matrix at a point.
  ///
  /// - Parameters:
  ///   - point: a number for each input.
  ///   - threads: how many threads to use at the most; the numbers do not depend on it.
  /// - Throws: ``ProgramError/wrongSampleWidth(expected:found:sample:)``.
  public func callAsFunction(
    at point: [Double], threads: Int = 1
  ) throws(ProgramError) -> SparseMatrix {
    try program.checkWidth(of: point)
    var values = [Double](repeating: 0, count: pattern.count)
    for products in [forward, reverse] where !products.isEmpty {
      try products.evaluate(
        at: point, program.workspace(products.derivation), into: &values, threads: threads)
    }
    return SparseMatrix(pattern, values: values)
  }
}

extension Program {
  /// The Jacobian matrix of the outputs with respect to the inputs in sparse form, for evaluation at
  /// many points.
  ///
  /// ```swift
  /// let program = try Program(inputs: 3) { x in [x[0] * x[1], x[2].exp()] }
  /// try program.sparseJacobian()(at: [2, 3, 0]).values  // [3.0, 2.0, 1.0]
  /// ```
  public func sparseJacobian() -> SparseJacobian { SparseJacobian(self) }

  fileprivate func checkWidth(of point: [Double]) throws(ProgramError) {
    guard point.count == graph.inputCount else {
      throw .wrongSampleWidth(expected: graph.inputCount, found: point.count, sample: 0)
    }
  }
}

/// The Jacobian matrix Jᵢⱼ = ∂fᵢ/∂xⱼ of which only the entries that can be other than zero are
/// computed and stored.
///
/// ```swift
/// let j = sparseJacobian(at: [1.0, 2.0, 3.0]) { x in [x[0] * x[1], x[2].power(2)] }
/// j.rows     // [0, 0, 1]
/// j.columns  // [0, 1, 2]
/// j.values   // [2.0, 1.0, 6.0]
/// ```
///
/// `f` runs once and is compiled; a branch in it on a number takes the side it takes at `x`. For
/// many points compile it once, and use ``Program/sparseJacobian()``.
///
/// - Returns: outputs × inputs.
/// - Complexity: see ``SparseJacobian``.
public func sparseJacobian(at x: [Double], of f: ([Value]) -> [Value]) -> SparseMatrix {
  let recording = RecordedFunction(at: x, of: f)
  // Stops where a derivative outside of this one would be lost.
  let outputs = recording.outputs
  _ = recording.values
  guard !outputs.isEmpty else {
    return SparseMatrix(SparsityPattern(columnCount: x.count, rows: []), values: [])
  }
  return orStop { () throws(ProgramError) in
    try Program(recording).sparseJacobian()(at: x)
  }
}

extension Program {
  /// Compiles a function that was recorded at a point; an output may be a constant.
  convenience init(_ recording: RecordedFunction) throws(ProgramError) {
    let capture = try Capture(
      outputs: recording.outputs, inputs: recording.inputs, parameters: [],
      allowsConstants: true)
    self.init(
      CompiledGraph(capture, passes: Set(Pass.allCases)), parameters: capture.parameters)
  }
}
