import XCTest

@testable import Leibniz

final class ImplicitTests: XCTestCase {
  /// y₀² + y₁² = x₀ and y₀ = x₁ y₁: y₁ = √(x₀ / (1 + x₁²)), y₀ = x₁ y₁.
  private func circle(_ x: [Value]) throws -> [Value] {
    try implicit(of: x) { x, y in
      [y[0] * y[0] + y[1] * y[1] - x[0], y[0] - x[1] * y[1]]
    } solvedBy: { x in
      let y = (x[0] / (1 + x[1] * x[1])).squareRoot()
      return [x[1] * y, y]
    }
  }

  private func closed(_ x: [Value]) -> [Value] {
    let y = (x[0] / (1 + x[1] * x[1])).sqrt()
    return [x[1] * y, y]
  }

  private func loss(_ y: [Value]) -> Value { y[0].sin() + y[0] * y[1] }
  private let point = [2.3, 0.6]

  func testFirstOrder() throws {
    let expected = gradient(at: point) { loss(closed($0)) }
    let x = point.map { Value($0) }
    loss(try circle(x)).backward()
    let central = finiteDifferences(at: point) { loss(closed($0.map { Value($0) })).data }
    for i in 0..<2 {
      assertClose(x[i].grad, expected[i], relative: 1e-13, "closed form")
      assertClose(x[i].grad, central[i], relative: 1e-9, "central difference")
    }
  }

  func testSecondOrder() throws {
    let expected = hessian(at: point) { loss(closed($0)) }
    let eager = hessian(at: point) { loss(try! circle($0)) }
    let x = point.map { Value($0) }
    let formulas = gradients(of: loss(try circle(x)), withRespectTo: x).map {
      gradients(of: $0, withRespectTo: x).map(\.data)
    }
    for i in 0..<2 {
      let central = finiteDifferences(at: point) { p in
        gradient(at: p) { loss(try! circle($0)) }[i]
      }
      for j in 0..<2 {
        assertClose(eager[i][j], expected[i][j], relative: 1e-12, "hessian")
        assertClose(formulas[i][j], expected[i][j], relative: 1e-12, "formulas")
        assertClose(eager[i][j], central[j], relative: 1e-8, "central difference")
      }
    }
  }

  func testCompiled() throws {
    let variables = point.map { Value($0) }
    let program = try Program(loss(circle(variables)), inputs: variables)
    let rows = [[2.3, 0.6], [1.1, -0.4], [4, 2]]
    let samples = try program.samples(rows)
    let (values, gradients) = (try program(samples), try program.inputGradients(samples))
    let hessians = program.hessian(samples)
    for (k, row) in rows.enumerated() {
      let (value, gradient) = valueWithGradient(at: row) { loss(closed($0)) }
      let expected = hessian(at: row) { loss(closed($0)) }
      assertClose(values[k][0], value, relative: 1e-14, "value")
      for i in 0..<2 {
        assertClose(gradients[k][i], gradient[i], relative: 1e-13, "gradient")
        for j in 0..<2 {
          assertClose(hessians[k][i][j], expected[i][j], relative: 1e-11, "hessian")
        }
      }
    }
  }

  func testErrors() {
    func error(
      _ f: @escaping @Sendable ([Value], [Value]) -> [Value],
      _ solve: @escaping @Sendable ([Double]) -> [Double]
    ) -> ImplicitError? {
      do throws(ImplicitError) {
        _ = try implicit(of: [Value(2)], equations: f, solvedBy: solve)
        return nil
      } catch {
        XCTAssertFalse(error.description.isEmpty)
        return error
      }
    }
    XCTAssertNil(error({ x, y in [y[0] * y[0] - x[0]] }, { [$0[0].squareRoot()] }))
    XCTAssertEqual(error({ _, _ in [] }, { _ in [] }), .noUnknowns)
    XCTAssertEqual(
      error({ x, y in [y[0] - x[0], y[0]] }, { $0 }),
      .wrongEquationCount(unknowns: 1, equations: 2))
    XCTAssertEqual(
      error({ x, y in [(y[0] - x[0]) * (y[0] - x[0])] }, { $0 }), .singular(unknown: 0))
    XCTAssertEqual(
      error({ x, y in [y[0] + y[1] - x[0], 2 * y[0] + 2 * y[1] - 2 * x[0]] }, { [$0[0], 0] }),
      .singular(unknown: 1))
    guard
      case .notFinite(equation: 0, unknown: _, residual: _)? =
        error({ x, y in [y[0] - x[0]] }, { _ in [.nan] })
    else { return XCTFail("a solution of NaN") }
    guard
      case .notASolution(unknown: 0, found: 1.4, distance: let distance)? =
        error({ x, y in [y[0] * y[0] - x[0]] }, { _ in [1.4] })
    else { return XCTFail("no solution") }
    XCTAssertEqual(distance, 0.04 / 2.8, accuracy: 1e-12)
  }

  func testWhereThereIsNoSolutionAnyMore() throws {
    let x = Value(4)
    let root = try implicit(of: [x]) { x, y in
      [y[0] * y[0] - x[0]]
    } solvedBy: {
      [$0[0].squareRoot()]
    }[0]
    x.data = 0
    root.recompute()
    XCTAssertEqual(root.data, 0)
    root.backward()
    XCTAssertTrue(x.grad.isNaN)
  }
}
