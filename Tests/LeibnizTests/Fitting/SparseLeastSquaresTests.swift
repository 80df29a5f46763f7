import XCTest

@testable import Leibniz

final class SparseLeastSquaresTests: XCTestCase {
  /// A net of levels: differences between neighbours in a grid, and one that is known.
  private func levels(side: Int, noise: Double) throws -> (blocks: [ResidualBlocks], count: Int) {
    var generator = SeededGenerator(seed: 5)
    var indices: [[Int]] = [], data: [[Double]] = []
    for row in 0..<side {
      for column in 0..<side {
        let place = row * side + column
        for next in [column + 1 < side ? place + 1 : -1, row + 1 < side ? place + side : -1]
        where next >= 0 {
          indices.append([place, next])
          let height = Double(next).sin() - Double(place).sin()
          data.append([height + noise * Double.random(in: -1...1, using: &generator)])
        }
      }
    }
    let edges = try ResidualBlocks(indices: indices, data: data) { p, data in
      [p[1] - p[0] - data[0]]
    }
    let known = try ResidualBlocks(indices: [[0]]) { p, _ in [p[0]] }
    return ([edges, known], side * side)
  }

  private func dense(_ blocks: [ResidualBlocks]) -> ([Value]) -> [Value] {
    { p in
      blocks.flatMap { list -> [Value] in
        (0..<list.count).flatMap { block -> [Value] in
          let own = list.indices[block * list.width..<(block + 1) * list.width].map { p[$0] }
          return list.program.recording!(
            own + list.samples[block].dropFirst(list.width).map { Value.constant($0) })
        }
      }
    }
  }

  func testFitsAsTheDenseMethodDoes() throws {
    let (blocks, count) = try levels(side: 7, noise: 0.1)
    let start = [Double](repeating: 0, count: count)
    let sparse = try leastSquares(from: start, blocks: blocks)
    let full = try leastSquares(from: start, residuals: dense(blocks))
    XCTAssertTrue(sparse.converged)
    assertClose(sparse.cost, full.cost, relative: 1e-12, "cost")
    for (a, b) in zip(sparse.parameters, full.parameters) {
      assertClose(a, b, relative: 1e-9, floor: 1, "parameter")
    }
    let errors = try sparse.standardErrors()
    for (a, b) in zip(errors, try full.standardErrors()) {
      assertClose(a, b, relative: 1e-9, "standard error")
    }
    let part = try sparse.covariance(of: [3, 40])
    let whole = try full.covariance()
    for (i, a) in [3, 40].enumerated() {
      for (j, b) in [3, 40].enumerated() {
        assertClose(part[i, j], whole[a, b], relative: 1e-9, "covariance")
      }
    }
    XCTAssertTrue(sparse.description.contains("… and 9 more"), sparse.description)
  }

  /// Weights, bounds and losses count as they do in dense fits; blocks may take a parameter twice.
  func testOptionsOfBlocks() throws {
    let x = (0..<40).map { Double($0) / 10 }
    let blocks = try ResidualBlocks(
      indices: x.indices.map { [$0 % 4, 4, 4, 5 + $0 % 7] },
      data: x.map { [$0, ($0 * 2).sin() + ($0 > 3.7 ? 9 : 0)] }
    ) { p, data in [p[0] * (data[0] * p[1]).sin() + p[2] * p[3] - data[1]] }
    let start = [Double](repeating: 1, count: 12)
    let lower = [0.2] + [Double](repeating: -10, count: 11)
    let upper = [Double](repeating: 1.5, count: 12)
    let weights = x.map { 1 + $0 }
    for loss in [RobustLoss.squares, .huber(scale: 0.1), .cauchy(scale: 0.5)] {
      let sparse = try leastSquares(
        from: start, blocks: [blocks], lowerBounds: lower, upperBounds: upper, weights: weights,
        loss: loss)
      let full = try leastSquares(
        from: start, lowerBounds: lower, upperBounds: upper, weights: weights, loss: loss,
        residuals: dense([blocks]))
      XCTAssertTrue(sparse.converged, "\(loss): \(sparse)")
      assertClose(sparse.cost, full.cost, relative: 1e-6, "\(loss): \(sparse)\n\(full)")
      XCTAssertLessThanOrEqual(sparse.parameters.max()!, 1.5)
    }
  }

  /// Elimination in whatever order, against Cholesky factors of the dense matrix.
  func testNormalEquations() throws {
    var generator = SeededGenerator(seed: 8)
    for trial in 0..<60 {
      let (rows, columns) = (30, 1 + trial % 20)
      let lists = (0..<rows).map { _ in
        (0..<columns).filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }
      }
      let pattern = SparsityPattern(columnCount: columns, rows: lists)
      let matrix = SparseMatrix(
        pattern,
        values: (0..<pattern.count).map { _ in .random(in: -1...1, using: &generator) })
      let diagonal = (0..<columns).map { _ in Double.random(in: 0.1...1, using: &generator) }
      let held = (0..<columns).map { _ in Int.random(in: 0..<6, using: &generator) == 0 }
      let g = (0..<columns).map {
        held[$0] ? 0 : Double.random(in: -1...1, using: &generator)
      }
      let equations = NormalEquations(pattern)
      let h = try equations.factors(matrix, diagonal: diagonal, except: held).solve(g)
      var product = matrix.transposedProduct(matrix * h)
      for i in 0..<columns { product[i] += diagonal[i] * h[i] }
      for i in 0..<columns {
        assertClose(held[i] ? h[i] : product[i], g[i], relative: 1e-10, floor: 1, "\(trial)")
      }
      let gradients = try XCTUnwrap(
        NormalConjugateGradients(
          matrix, groups: equations.groups, diagonal: diagonal, except: held))
      for (a, b) in zip(gradients.solve(g), h) {
        assertClose(a, b, relative: 1e-6, floor: 1, "gradients \(trial)")
      }
    }
  }

  func testProgramsOfResiduals() throws {
    // Broyden's tridiagonal function: Moré, Garbow and Hillstrom, 1981, problem 30.
    let n = 500
    let program = try Program(inputs: n) { x in
      (0..<n).map { i in
        let own = (3 - 2 * x[i]) * x[i] + 1
        let before = i > 0 ? own - x[i - 1] : own
        return i + 1 < n ? before - 2 * x[i + 1] : before
      }
    }
    let fit = try leastSquares(from: Array(repeating: -1, count: n), program: program)
    XCTAssertTrue(fit.converged)
    XCTAssertLessThan(fit.cost, 1e-20)
    let small = try Program(inputs: 2) { p in [10 * (p[1] - p[0] * p[0]), 1 - p[0]] }
    let valley = try leastSquares(from: [-1.2, 1], program: small)
    assertClose(valley.parameters[0], 1, relative: 1e-10, "x")
  }

  func testProgressAndCancellation() throws {
    let (blocks, count) = try levels(side: 5, noise: 0.1)
    var calls = 0
    let fit = try leastSquares(from: Array(repeating: 0, count: count), blocks: blocks) { now in
      calls += 1
      return now.iteration < 2
    }
    XCTAssertEqual(fit.reason, .cancelled)
    XCTAssertEqual(calls, 2)
  }

  func testErrors() throws {
    func error(_ work: () throws(LeastSquaresError) -> Void) -> LeastSquaresError? {
      do {
        try work()
        return nil
      } catch {
        return error
      }
    }
    let one = try ResidualBlocks(indices: [[0], [3]]) { p, _ in [p[0] - 1] }
    XCTAssertEqual(
      error { () throws(LeastSquaresError) in _ = try leastSquares(from: [1, 1], blocks: [one]) },
      .noSuchParameter(block: 1, index: 3, parameters: 2))
    XCTAssertEqual(
      error { () throws(LeastSquaresError) in
        _ = try ResidualBlocks(indices: [[0], [1, 2]]) { p, _ in p }
      }, .wrongCount(of: .indices(block: 1), found: 2, expected: 1))
    XCTAssertEqual(
      error { () throws(LeastSquaresError) in
        _ = try ResidualBlocks(indices: [[0], [1]], data: [[0], []]) { p, _ in p }
      }, .wrongCount(of: .data(block: 1), found: 0, expected: 1))
    XCTAssertEqual(
      error { () throws(LeastSquaresError) in
        _ = try ResidualBlocks(indices: [[0]]) { _, _ in [.constant(1)] }
      }, .formula(.constantOutput(position: 0)))
    XCTAssertEqual(
      error { () throws(LeastSquaresError) in _ = try leastSquares(from: [], blocks: []) },
      .noParameters)
    XCTAssertEqual(
      error { () throws(LeastSquaresError) in _ = try leastSquares(from: [1], blocks: []) },
      .tooFewResiduals(found: 0, parameters: 1))
    let root = try ResidualBlocks(indices: [[0], [1], [2], [3]]) { p, _ in [p[0].sqrt()] }
    let found = error { () throws(LeastSquaresError) in
      _ = try leastSquares(from: [1, 1, -1, 1], blocks: [root])
    }
    guard case .residualNotFinite(residual: 2, _) = found else {
      return XCTFail("\(String(describing: found))")
    }
    // Parameters that the data do not determine: the fit ends, its covariance does not exist.
    let sums = try ResidualBlocks(indices: (0..<9).map { [$0, $0 + 1] }) { p, _ in
      [p[0] + p[1] - 1]
    }
    let twice = try leastSquares(from: Array(repeating: 0, count: 10), blocks: [sums, sums])
    XCTAssertLessThan(twice.cost, 1e-20)
    XCTAssertThrowsError(try twice.covariance()) {
      guard case .rankDeficient = $0 as? LinearAlgebraError else { return XCTFail("\($0)") }
    }
    XCTAssertTrue(twice.description.contains("no standard errors"))
  }
}
