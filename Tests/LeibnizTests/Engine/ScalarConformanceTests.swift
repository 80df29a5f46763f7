import Leibniz
import XCTest

/// A number written outside the module, by its public names alone: a value with all its partial
/// derivatives at once.
private struct Jet {
  var value: Double
  var partials: [Double]

  /// The number that the other partials are added to, each times its slope.
  private static func combine(_ value: Double, _ terms: [(Double?, Jet)]) -> Jet {
    var partials = [Double](repeating: 0, count: terms.map { $0.1.partials.count }.max() ?? 0)
    for (slope, x) in terms {
      for i in x.partials.indices { partials[i] += (slope ?? 0) * x.partials[i] }
    }
    return Jet(value: value, partials: partials)
  }
}

extension Jet: Scalar {
  static func constant(_ number: Double) -> Jet { Jet(value: number, partials: []) }

  static func apply(_ f: UnaryFunction, _ x: Jet) -> Jet {
    let y = f(x.value)
    return combine(y, [(f.derivative(x.value, y), x)])
  }

  static func apply(_ f: BinaryFunction, _ x: Jet, _ y: Jet) -> Jet {
    let z = f(x.value, y.value)
    return combine(
      z,
      [
        (f.derivativeByFirst(x.value, y.value, z), x),
        (f.derivativeBySecond(x.value, y.value, z), y),
      ])
  }

  static func apply(_ f: BinaryFunction, _ x: Jet, _ y: Double) -> Jet { apply(f, x, constant(y)) }
  static func apply(_ f: BinaryFunction, _ x: Double, _ y: Jet) -> Jet { apply(f, constant(x), y) }

  static func apply(_ f: NaryFunction, _ arguments: [Jet]) -> Jet {
    let x = arguments.map { $0.value }
    let y = f(x)
    var terms: [(Double?, Jet)] = []
    f.pullback(of: 1, count: x.count, { x[$0] }, y) { terms.append(($1, arguments[$0])) }
    return combine(y, terms)
  }
}

extension Jet: NetworkScalar {}

final class ScalarConformanceTests: XCTestCase {
  private func formula<T: Scalar>(_ x: [T]) -> T {
    let wave = (2 * x[0] + 1).sin() * exp(-x[1] / 2) - 0.5 * x[0].power(x[1])
    return T.logSumExp([wave, x[0] * x[1] - 3, 1 / x[1]]) + T.dot(x, [x[1], wave])
  }

  func testANumberWrittenOutsideTheModule() {
    let point = [0.7, 1.9]
    let jets = [Jet(value: 0.7, partials: [1, 0]), Jet(value: 1.9, partials: [0, 1])]
    let (value, gradient) = valueWithGradient(at: point) { self.formula($0) }
    let y = formula(jets)
    XCTAssertEqual(y.value, value, accuracy: 1e-14)
    for i in 0..<2 { XCTAssertEqual(y.partials[i], gradient[i], accuracy: 1e-14) }
  }

  func testItRunsThroughAModel() {
    let model = MLP(inputs: 2, layers: [5, 1], activation: .tanh, seed: 3)
    let y = model([Jet(value: 0.3, partials: [1, 0]), Jet(value: -0.4, partials: [0, 1])])[0]
    let expected = valueWithGradient(at: [0.3, -0.4]) { model($0)[0] }
    XCTAssertEqual(y.value, expected.value, accuracy: 1e-14)
    for i in 0..<2 { XCTAssertEqual(y.partials[i], expected.gradient[i], accuracy: 1e-14) }
  }

  func testWhatBeginnersType() {
    let xs = [Value(1), Value(2), Value(4)]
    XCTAssertEqual(xs.sum().data, 7)
    XCTAssertEqual(xs.sum().children.count, 3)
    let product = xs.reduce(1, *)
    product.backward()
    XCTAssertEqual(product.data, 8)
    XCTAssertEqual(xs.map { $0.grad }, [8, 4, 2])
    XCTAssertEqual(xs.reduce(0, +).data, 7)
    XCTAssertEqual([Value]().reduce(0, +).data, 0)
  }

  func testComparisonsLookAtTheData() {
    let (x, y, z) = (Value(2), Value(3), Value(2))
    XCTAssertTrue(x < y && y > x && x <= y && y >= x && x <= z && x >= z)
    XCTAssertFalse(x > y || y < x || x < z || x > z || y <= x || x >= y)
    XCTAssertTrue(x > 1 && x < 2.5 && x >= 2 && x <= 2)
    XCTAssertFalse(x < 1 || x > 2.5 || x >= 2.5 || x <= 1 || Value(.nan) > 0 || Value(.nan) <= 0)
  }

  func testALiteralIsNoChild() {
    let x = Value(3)
    for y in [2 * x, x * 2, 2.5 - x, x / 4, x + 1] { XCTAssertEqual(y.children.count, 1) }
    let dual: Dual = 3 * Dual(2, tangent: 1) - 1
    XCTAssertEqual(dual, Dual(5, tangent: 3))
  }

  func testALiteralOfAGenericFormulaIsNoChild() {
    func formulas<T: Scalar>(_ x: T) -> [T] { [2 * x, x * 2, 2.5 - x, x / 4.5, x + 1] }
    let x = Value(3)
    for y in formulas(x) { XCTAssertEqual(y.children.count, 1) }
    XCTAssertEqual(formulas(x).map { $0.data }, formulas(3.0))
    XCTAssertEqual(formulas(x).map { $0.data }, formulas(Dual(3)).map { $0.value })
  }

  /// A model takes numbers and gives values, or numbers; beside a value it is values that are meant.
  func testBesideAValueAModelGivesValues() {
    let model = MLP(inputs: 1, layers: [1], seed: 1), x = Value(2)
    for y in [model([3.0])[0] + x, x + model([3.0])[0], (model([3.0])[0] - 0.5) * x] {
      model.zeroGrad()
      y.backward()
      XCTAssertNotEqual(model.parameters[0].grad, 0)
    }
  }

  func testALeadingDotBesideAValue() {
    let (x, xs) = (Value(2), [Value(3), Value(5)])
    XCTAssertEqual((x + .sum(xs)).data, 10)
    XCTAssertEqual((x * .mean(xs) / 2 - .dot(xs, xs)).data, -30)
    XCTAssertEqual((x + .dot(xs, xs, bias: x) * 0.5).data, 20)
    XCTAssertEqual((x - .maximum(xs) + .constant(1)).data, -2)
  }

  func testASeedMakesTheSameModel() {
    let (a, b) = (
      MLP(inputs: 2, layers: [4, 1], seed: 42), MLP(inputs: 2, layers: [4, 1], seed: 42)
    )
    var generator = SeededGenerator(seed: 42)
    let c = MLP(inputs: 2, layers: [4, 1], using: &generator)
    XCTAssertEqual(a.parameters.map { $0.data }, b.parameters.map { $0.data })
    XCTAssertEqual(a.parameters.map { $0.data }, c.parameters.map { $0.data })
    let scores = a.predict([0.5, -1])
    XCTAssertEqual(scores, a([0.5, -1]).map { $0.data })
  }
}
