/// The residuals of several lists of blocks and their sparse Jacobian matrix, in which the place of each
/// derivative is found once.
///
/// ```swift
/// let springs = try ResidualBlocks(indices: [[0, 1], [1, 2]]) { p, _ in [(p[1] - p[0]).power(2)] }
/// let residuals = try BlockJacobian([springs], parameterCount: 3)
/// try residuals.jacobian(at: [0, 1, 3]).values  // [-2.0, 2.0, -4.0, 4.0]
/// try residuals.residuals(at: [0, 1, 3])        // [1.0, 4.0]
/// ```
///
/// - Complexity: an evaluation runs the derivatives of each formula once, for all its blocks in lanes.
public struct BlockJacobian {
  /// Where the Jacobian matrix may be other than zero: residuals × parameters.
  public let pattern: SparsityPattern
  private let blocks: [ResidualBlocks]
  /// For each list, for each derivative of its formula that may be other than zero, and each
  /// block: where it is added.
  private let places: [[Int]]

  /// The blocks of formulas that share parameters.
  ///
  /// - Throws: ``LeastSquaresError/noSuchParameter(block:index:parameters:)``.
  public init(_ blocks: [ResidualBlocks], parameterCount: Int) throws(LeastSquaresError) {
    self.blocks = blocks
    var starts = [0]
    var columns: [Int] = []
    var places: [[Int]] = []
    for list in blocks {
      var place = [Int](repeating: 0, count: list.pattern.count * list.count)
      for block in 0..<list.count {
        let indices = list.indices[block * list.width..<(block + 1) * list.width]
        for index in indices where index < 0 || index >= parameterCount {
          throw .noSuchParameter(block: block, index: index, parameters: parameterCount)
        }
        for row in 0..<list.residualCount {
          let start = columns.count
          let entries = list.pattern.starts[row]..<list.pattern.starts[row + 1]
          // One parameter may be taken twice.
          let sorted = entries.sorted {
            indices[indices.startIndex + list.pattern.columns[$0]]
              < indices[indices.startIndex + list.pattern.columns[$1]]
          }
          for entry in sorted {
            let column = indices[indices.startIndex + list.pattern.columns[entry]]
            if columns.count == start || columns[columns.count - 1] != column {
              columns.append(column)
            }
            place[entry * list.count + block] = columns.count - 1
          }
          starts.append(columns.count)
        }
      }
      places.append(place)
    }
    self.places = places
    pattern = SparsityPattern(unchecked: parameterCount, starts, columns)
  }

  /// The residuals at some parameters, list by list and block by block.
  public func residuals(at parameters: [Double]) throws(LeastSquaresError) -> [Double] {
    try checkCount(of: parameters)
    var residuals: [Double] = []
    residuals.reserveCapacity(pattern.rowCount)
    for list in blocks where list.count > 0 {
      let (rows, stride) = try list.evaluate(list.program, at: parameters)
      for block in 0..<list.count {
        for output in 0..<list.residualCount { residuals.append(rows[output * stride + block]) }
      }
    }
    return residuals
  }

  /// The Jacobian matrix at some parameters.
  public func jacobian(at parameters: [Double]) throws(LeastSquaresError) -> SparseMatrix {
    try checkCount(of: parameters)
    var values = [Double](repeating: 0, count: pattern.count)
    for (list, places) in zip(blocks, places) where list.count > 0 {
      let (rows, stride) = try list.evaluate(list.derivatives, at: parameters)
      let outputs = list.pattern.rows
      for (entry, column) in list.pattern.columns.enumerated() {
        let source = (outputs[entry] * list.width + column) * stride
        let first = entry * list.count
        for block in 0..<list.count { values[places[first + block]] += rows[source + block] }
      }
    }
    return SparseMatrix(pattern, values: values)
  }

  private func checkCount(of parameters: [Double]) throws(LeastSquaresError) {
    guard parameters.count == pattern.columnCount else {
      throw .wrongCount(of: .start, found: parameters.count, expected: pattern.columnCount)
    }
  }
}
