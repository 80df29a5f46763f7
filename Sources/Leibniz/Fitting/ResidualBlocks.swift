/// Residuals that are one formula, evaluated for many sets of parameters: compiled once, and run for
/// all of them in lanes.
///
/// ```swift
/// let points = [(0.0, 2.1), (1.0, 3.9), (2.0, 6.1)]
/// // Each block takes parameters 0 and 1, and the data of a point.
/// let line = try ResidualBlocks(
///   indices: points.map { _ in [0, 1] }, data: points.map { [$0.0, $0.1] }
/// ) { p, data in [p[0] + p[1] * data[0] - data[1]] }
/// try leastSquares(from: [0, 0], blocks: [line]).parameters[0]  // 2.03…
/// ```
///
/// A reprojection error takes the parameters of one camera and of one point, wherever they stand among
/// all, and the place in the picture as data. The Jacobian matrix consists of the blocks that the
/// formula's derivatives are.
///
/// The formula is recorded once: a branch in it on a number takes the side it takes at zeros. Use
/// `select`, `max` or `abs`.
public struct ResidualBlocks {
  /// How many blocks there are.
  public let count: Int
  /// How many residuals each block has.
  public let residualCount: Int
  /// The parameters of each block, one block after the other.
  let indices: [Int]
  /// How many parameters a block takes.
  let width: Int
  let program: Program
  let derivatives: Program
  /// Which derivatives may be other than zero: residuals × parameters of one block.
  let pattern: SparsityPattern
  /// Room for the parameters, and the data.
  let samples: Samples

  /// Blocks of one formula.
  ///
  /// - Parameters:
  ///   - indices: for each block, which parameters it takes.
  ///   - data: for each block, the numbers that are known; none by default.
  ///   - formula: the residuals of a block from its parameters and its data.
  /// - Throws: ``LeastSquaresError/wrongCount(of:found:expected:)`` where blocks differ in width, or
  ///   ``LeastSquaresError/formula(_:)``.
  public init(
    indices: [[Int]], data: [[Double]] = [],
    of formula: @escaping (_ parameters: [Value], _ data: [Value]) -> [Value]
  ) throws(LeastSquaresError) {
    let width = indices.first?.count ?? 0
    let dataWidth = data.first?.count ?? 0
    for (block, list) in indices.enumerated() where list.count != width {
      throw .wrongCount(of: .indices(block: block), found: list.count, expected: width)
    }
    if !data.isEmpty && data.count != indices.count {
      throw .wrongCount(of: .data(block: 0), found: data.count, expected: indices.count)
    }
    for (block, list) in data.enumerated() where list.count != dataWidth {
      throw .wrongCount(of: .data(block: block), found: list.count, expected: dataWidth)
    }
    count = indices.count
    self.width = width
    self.indices = indices.flatMap { $0 }
    var samples = Samples(count: indices.count, width: width + dataWidth)
    for (block, list) in data.enumerated() {
      for (place, number) in list.enumerated() { samples[block, width + place] = number }
    }
    self.samples = samples
    let program: Program
    do {
      program = try Program(inputs: width + dataWidth) {
        formula(Array($0[..<width]), Array($0[width...]))
      }
    } catch {
      throw .formula(error)
    }
    self.program = program
    residualCount = program.graph.outputCount
    derivatives = Program(
      program.graph.jacobian(byFirst: width), parameters: program.parameters)
    let whole = Dependencies(of: Expansion.expanded(program.graph.form)).pattern
    pattern = SparsityPattern(
      columnCount: width, rows: (0..<whole.rowCount).map { whole[$0].filter { $0 < width } })
  }

  /// Numbers of all blocks: for each output of a program a row, with one for each block, so many apart.
  func evaluate(
    _ program: Program, at parameters: [Double]
  ) throws(LeastSquaresError) -> (rows: [Double], stride: Int) {
    var samples = samples
    let stride = samples.stride
    samples.columns.withUnsafeMutableBufferPointer { columns in
      for place in 0..<width {
        for block in 0..<stride {
          // Lanes past the last block compute it again.
          columns[place * stride + block] =
            parameters[
              indices[min(block, count - 1) * width + place]]
        }
      }
    }
    let workspace = program.workspace(.values)
    var rows = [Double](repeating: 0, count: program.graph.outputCount * stride)
    try LeastSquaresError.wrapping { () throws(ProgramError) in
      try rows.withUnsafeMutableBufferPointer { rows throws(ProgramError) in
        _ = try workspace.executable.run(
          samples, workspace, Executable.Request(outputs: rows.baseAddress), threads: 1)
      }
    }
    return (rows, stride)
  }
}
