import RandomGraphs
import XCTest

@testable import Leibniz

/// Functions of many inputs drawn at random, each of whose outputs is a formula of few.
private struct RandomSparseFunction {
  let point: [Double]
  private let formulas: [(graph: RandomGraph, places: [Int], offsets: [Double])]

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...4, using: &generator)
    var point: [Double] = []
    var formulas: [(graph: RandomGraph, places: [Int], offsets: [Double])] = []
    // Each formula gets the inputs it was drawn for, some of which are inputs of others, moved.
    for number in 0..<count {
      var graph = RandomGraph(seed: seed &* 1000 &+ UInt64(number), size: 9)
      let places = graph.inputs.map { input -> Int in
        if !point.isEmpty && Bool.random(using: &generator) {
          return Int.random(in: 0..<point.count, using: &generator)
        }
        point.append(input)
        return point.count - 1
      }
      if Int.random(in: 0..<10, using: &generator) == 0 { graph.outputs = [] }
      let offsets = zip(graph.inputs, places).map { $0 - point[$1] }
      formulas.append((graph, places, offsets))
    }
    self.point = point
    self.formulas = formulas
  }

  func outputs(_ x: [Value]) -> [Value] {
    formulas.map { formula in
      if formula.graph.outputs.isEmpty { return .constant(3) }
      return formula.graph(zip(formula.places, formula.offsets).map { x[$0] + $1 }).tanh()
    }
  }

  func sum(_ x: [Value]) -> Value {
    .sum(outputs(x).enumerated().map { $0 % 3 == 0 ? $1 * $1 : $1 })
  }
}

final class SparseDerivativesTests: XCTestCase {
  private static let seeds: Range<UInt64> = 0..<500

  private func check(
    _ matrix: SparseMatrix, _ dense: [[Double]], relative tolerance: Double, _ what: String
  ) {
    XCTAssertEqual(matrix.rowCount, dense.count, what)
    for (row, numbers) in dense.enumerated() {
      XCTAssertEqual(matrix.columnCount, numbers.count, what)
      let size = numbers.reduce(1e-3) { max($0, $1.isFinite ? $1.magnitude : 0) }
      for (column, expected) in numbers.enumerated() where expected.isFinite {
        assertClose(
          matrix[row, column], expected, relative: tolerance, floor: size,
          "\(what) [\(row), \(column)]")
      }
    }
  }

  func testJacobiansOfRandomFunctions() throws {
    var (entries, all, products) = (0, 0, 0)
    for seed in Self.seeds {
      let function = RandomSparseFunction(seed: seed)
      let dense = jacobian(at: function.point, of: function.outputs)
      let program = try Program(RecordedFunction(at: function.point, of: function.outputs))
      let derivatives = program.sparseJacobian()
      let sparse = try derivatives(at: function.point)
      check(sparse, dense, relative: 1e-9, "seed \(seed)")
      entries += sparse.values.count
      all += sparse.rowCount * sparse.columnCount
      products += derivatives.productCount
      XCTAssertLessThanOrEqual(
        derivatives.productCount, min(sparse.rowCount, sparse.columnCount))
    }
    XCTAssertLessThan(entries, all / 2)
    XCTAssertLessThan(products, 500 * 4)
  }

  func testHessiansOfRandomFunctions() {
    var (entries, all) = (0, 0)
    for seed in Self.seeds {
      let function = RandomSparseFunction(seed: seed)
      let sparse = sparseHessian(at: function.point, of: function.sum)
      let dense = hessian(at: function.point, of: function.sum)
      check(sparse, dense, relative: 1e-8, "seed \(seed)")
      for (place, (row, column)) in zip(sparse.rows, sparse.columns).enumerated() {
        XCTAssertEqual(sparse.values[place], sparse[column, row])
      }
      entries += sparse.values.count
      all += dense.count * dense.count
    }
    XCTAssertLessThan(entries, all)
  }

  /// Lookups at known indices, sums, and operations that are flat count for nothing.
  func testPatternsAreExact() throws {
    let program = try Program(inputs: 5) { x in
      [
        x[0] * 0.5 + x[1].sign() + x[2], .lookup([x[0], x[3]], at: .constant(1)).exp(),
        .lookup([x[0], x[3]], at: x[4]),
        .select(where: x[0], then: x[1], else: x[2]),
      ]
    }
    let pattern = program.sparseJacobian().pattern
    XCTAssertEqual((0..<4).map { Array(pattern[$0]) }, [[0, 2], [3], [0, 3], [1, 2]])
    let hessian = try Program(inputs: 6) { x in
      [x[0] + x[1] * x[2] + x[3].relu() + x[4].abs() * 2 + (x[5] + x[0]).exp()]
    }.sparseHessian()
    XCTAssertEqual(
      (0..<6).map { Array(hessian.pattern[$0]) }, [[0, 5], [1, 2], [1, 2], [3], [4], [0, 5]])
  }

  /// Rows, columns or both are taken, whichever is fewest.
  func testCompression() throws {
    func products(_ n: Int, _ f: @escaping ([Value]) -> [Value]) throws -> Int {
      try Program(inputs: n, of: f).sparseJacobian().productCount
    }
    func product(_ x: ArraySlice<Value>) -> Value { x.reduce(1, *) }
    // One dense row; one dense column; both, and a diagonal.
    XCTAssertEqual(try products(50) { [.sum($0.map { $0.exp() })] }, 1)
    XCTAssertEqual(try products(50) { x in x.map { $0 * x[0] } }, 2)
    XCTAssertEqual(
      try products(50) { x in [.dot(x, x)] + x.dropFirst().map { ($0 + x[0]).exp() } }, 3)
    XCTAssertEqual(try products(50) { x in (1..<49).map { product(x[$0 - 1...$0 + 1]) } }, 3)
    XCTAssertEqual(try products(4) { x in x.map { .dot(x, x) * $0 } }, 4)
    // An arrow, whose hub has a colour of its own, and a band of five.
    let arrow = try Program(inputs: 200) { x in [.sum(x.map { $0 * x[0] })] }.sparseHessian()
    XCTAssertEqual(arrow.productCount, 2)
    let band = try Program(inputs: 200) { x in
      [.sum((2..<200).map { product(x[$0 - 2...$0]) })]
    }.sparseHessian()
    XCTAssertLessThanOrEqual(band.productCount, 5)
  }

  /// No two rows of one colour share a column, and paths of four have three colours.
  func testStarColoring() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      let n = 20
      var rows = [Set<Int>](repeating: [], count: n)
      for _ in 0..<Int.random(in: 0...60, using: &generator) {
        let (i, j) = (
          Int.random(in: 0..<n, using: &generator), Int.random(in: 0..<n, using: &generator)
        )
        rows[i].insert(j)
        rows[j].insert(i)
      }
      for i in 0..<n { rows[i].insert(i) }
      let pattern = SparsityPattern(columnCount: n, rows: rows.map { $0.sorted() })
      let colors = Coloring(starsOf: pattern).colors
      for a in 0..<n {
        for b in pattern[a] where b != a {
          XCTAssertNotEqual(colors[a], colors[b])
          for c in pattern[b] where c != a && c != b && colors[c] == colors[a] {
            for d in pattern[c] where d != b && d != c {
              XCTAssertNotEqual(colors[d], colors[b])
            }
          }
        }
      }
    }
  }

  /// Hundreds of products, and one at a time where instructions have long rows.
  func testManyProducts() throws {
    let n = 150
    func dense(_ x: [Value]) -> [Value] { (0..<n).map { .dot(x, x) * x[$0] } }
    let point = (0..<n).map { Double($0).sin() }
    check(
      sparseJacobian(at: point, of: dense), jacobian(at: point, of: dense), relative: 1e-12, "")
    let hessianOfChain = try Program(inputs: 500) { x in
      [.sum((1..<500).map { (x[$0] - x[$0 - 1] * x[$0 - 1]).power(2) })]
    }.sparseHessian()
    let x = (0..<500).map { Double($0).cos() }
    let h = try hessianOfChain(at: x)
    XCTAssertEqual(hessianOfChain.productCount, 3)
    for i in 1..<499 {
      assertClose(h[i, i], 2 - 4 * (x[i + 1] - 3 * x[i] * x[i]), relative: 1e-12, "\(i)")
      assertClose(h[i, i + 1], -4 * x[i], relative: 1e-12, "\(i)")
    }
    XCTAssertEqual(try hessianOfChain(at: x, threads: 2), h)
  }

  func testEmptyFunctionsAndErrors() throws {
    XCTAssertEqual(sparseJacobian(at: [1, 2]) { _ in [] }.rowCount, 0)
    let constant = sparseJacobian(at: [1, 2]) { _ in [.constant(3)] }
    XCTAssertEqual(constant * [1, 1], [0])
    XCTAssertEqual(sparseHessian(at: [1, 2]) { $0[0] + $0[1] }.values, [0, 0])
    let program = try Program(inputs: 2) { [$0[0], $0[1]] }
    XCTAssertThrowsError(try program.sparseHessian()) {
      XCTAssertEqual($0 as? ProgramError, .severalOutputs(2))
    }
    XCTAssertThrowsError(try program.sparseJacobian()(at: [1])) {
      XCTAssertEqual(
        $0 as? ProgramError, .wrongSampleWidth(expected: 2, found: 1, sample: 0))
    }
  }
}
