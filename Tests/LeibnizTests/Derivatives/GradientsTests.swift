import XCTest

@testable import Leibniz

final class GradientsTests: XCTestCase {
  func testEveryOrderOfAPower() {
    let x = Value(1.5)
    var y = x.power(5)
    for expected in [25.3125, 67.5, 135, 180, 120, 0] {
      y = gradients(of: y, withRespectTo: [x])[0]
      XCTAssertEqual(y.data, expected, accuracy: 1e-12)
    }
  }

  func testHighOrdersOfElementaryFunctions() {
    let x = Value(0.7)
    var (wave, growth) = (x.sin(), (2 * x).exp())
    for order in 1...8 {
      wave = gradients(of: wave, withRespectTo: [x])[0]
      growth = gradients(of: growth, withRespectTo: [x])[0]
      let expected = (0.7 + Double(order) * Double.pi / 2).sin()
      XCTAssertEqual(wave.data, expected, accuracy: 1e-14)
      XCTAssertEqual(growth.data / (1.4.exp() * 2.0.power(Double(order))), 1, accuracy: 1e-13)
    }
    // tanh⁗ = 8 tanh (2 − 3 tanh²) sech² …, by its polynomial in t = tanh x.
    var slope = x.tanh()
    for _ in 0..<4 { slope = gradients(of: slope, withRespectTo: [x])[0] }
    let t = 0.7.tanh()
    let expected = 16 * t - 40 * t * t * t + 24 * t.power(5)
    XCTAssertEqual(slope.data, expected, accuracy: 1e-12)
  }

  func testMixedPartials() {
    let x = Value(2), y = Value(3)
    let first = gradients(of: x * x * y, withRespectTo: [x, y])
    XCTAssertEqual(first.map(\.data), [12, 4])
    XCTAssertEqual(gradients(of: first[0], withRespectTo: [x, y]).map(\.data), [6, 4])
    XCTAssertEqual(gradients(of: first[1], withRespectTo: [x, y]).map(\.data), [4, 0])
  }

  func testWhatIsUnreachableIsAConstantZero() {
    let x = Value(2), other = Value(5)
    let slopes = gradients(of: x * x, withRespectTo: [other, x, x])
    XCTAssertEqual(slopes.map(\.data), [0, 4, 4])
    XCTAssertTrue(slopes[0].isConstant)
    let stopped = gradients(of: x.stopGradient() * x, withRespectTo: [x])[0]
    XCTAssertEqual(stopped.data, 2)
    XCTAssertEqual(gradients(of: x.step(), withRespectTo: [x])[0].data, 0)
  }

  func testByOperations() {
    let x = Value(2)
    let square = x * x
    let y = square.exp() * x
    let slopes = gradients(of: y, withRespectTo: [square, x, y])
    XCTAssertEqual(slopes[0].data, 2 * 4.0.exp(), accuracy: 1e-12)
    XCTAssertEqual(slopes[1].data, 4.0.exp() * (1 + 8), accuracy: 1e-12)
    XCTAssertEqual(slopes[2].data, 1)
  }

  /// What an operation is made of is no part of a derivative with respect to the operation.
  func testByOperationsAlone() {
    let x = Value(2), w = Value(3)
    for inner in [x.exp(), x + 1, 1 / x, x * w, .sum([x, w]), .dot([x], [w])] {
      let y = inner * inner
      XCTAssertEqual(gradients(of: y, withRespectTo: [inner])[0].data, 2 * inner.data)
      XCTAssertEqual(hessianVectorProduct(of: y, withRespectTo: [inner], direction: [3]), [6])
    }
  }

  func testGradientsAreLeftAlone() {
    let x = Value(2)
    let y = x * x
    y.backward()
    _ = gradients(of: y * y, withRespectTo: [x])
    XCTAssertEqual(x.grad, 4)
    XCTAssertEqual(y.grad, 1)
  }

  /// Derivatives of polynomials are as short as one would write them.
  func testDerivativesStaySmall() {
    let x = Value(2), y = Value(3)
    func size(_ value: Value) -> Int { Graph([value]).nodes.count }
    XCTAssertEqual(gradients(of: x * y, withRespectTo: [x])[0].id, y.id)
    XCTAssertEqual(size(gradients(of: x.power(2), withRespectTo: [x])[0]), 2)
    XCTAssertEqual(size(gradients(of: x.power(3), withRespectTo: [x])[0]), 3)
    XCTAssertEqual(size(gradients(of: x - y, withRespectTo: [y])[0]), 1)
    XCTAssertEqual(size(gradients(of: -(-(3 * x)), withRespectTo: [x])[0]), 1)
    XCTAssertEqual(size(gradients(of: x.exp(), withRespectTo: [x])[0]), 2)
    // A chain of operations has a chain for a derivative: a few nodes for each of its own.
    var chain = x
    for _ in 0..<1000 { chain = (chain * y).sin() }
    XCTAssertLessThan(size(gradients(of: chain, withRespectTo: [x])[0]), 5100)
  }

  /// What reaches a node is one dot product or one sum.
  func testSharesAreGathered() {
    let x = Value(2), others = (1...9).map { Value(Double($0)) }
    func slope(_ y: Value) -> Value { gradients(of: y, withRespectTo: [x])[0] }
    let products = slope(.sum(others.map { ($0 * x).exp() }))
    XCTAssertEqual(products.operation, .nary(.dot))
    XCTAssertEqual(Graph([products]).nodes.count, 9 + 9 + 9 + 1 + 1)
    XCTAssertEqual(slope(.sum(others.map { ($0 + x).exp() })).operation, .nary(.sum))
    let both = slope(.sum(others.map { ($0 * x).exp() } + [(x + others[0]).exp()]))
    XCTAssertEqual(both.operation, .nary(.dot))
    XCTAssertEqual(slope(x + x + x).data, 3)
    XCTAssertEqual(slope(x * others[0]).id, others[0].id)
  }

  /// A network's weights have a dot product over the samples each, inputs of layers one over neurons;
  /// rows and columns are shared.
  func testGradientsOfLayersAreDotProductsOfSharedLists() {
    var generator = SeededGenerator(seed: 4)
    let model = MLP(inputs: 2, layers: [5, 4, 1], activation: .tanh, using: &generator)
    let inputs = (0..<6).map { i in [0.3, -0.7].map { Value($0 * Double(i)) } }
    let loss = Value.mean(inputs.map { squared(model($0)[0] - 0.5) })
    let parameters = model.parameters
    let slopes = gradients(of: loss, withRespectTo: parameters + inputs.flatMap { $0 })
    loss.backward()
    for (slope, value) in zip(slopes, parameters + inputs.flatMap { $0 }) {
      assertClose(slope.data, value.grad, relative: 1e-13, "slope")
      XCTAssertTrue([.nary(.dot), .nary(.sum), .binary(.multiply)].contains(slope.operation))
    }
    // For each neuron and sample: the cotangent of its result, the slope of tanh and their product; the
    // loss and its slopes; a dot product for each parameter and input.
    let instances = 6 * (5 + 4 + 1)
    XCTAssertLessThan(
      Graph(slopes).nodes.count, 6 * instances + parameters.count + 12 + 6 * 10)
    var lists = Set<NodeList>()
    for case .dot(let factors, _) in slopes.map({ $0.node.expression }) {
      lists.formUnion([factors.lists.first, factors.lists.second])
    }
    XCTAssertLessThan(lists.count, 5 + 4 + 1 + 2 + 5 + 4 + 6 + 2 + 1)
  }

  func testDotProductsOfTheSameListsAndNodes() {
    let x = (1...3).map { Value(Double($0)) }
    let twice = [x[0], x[0], x[1]], mixed = [x[2], .constant(4), x[0]]
    let cases = [
      Value.dot(x, x), .dot(twice, x), .dot(twice, mixed, bias: x[1]),
      Value.dot(x, mixed).tanh() * .dot(mixed, x),
      Value.dot([.dot(x, mixed)], [.dot(x, twice)], bias: .dot(x, x)),
      Value.neuron(x, mixed, bias: x[0], then: .sigmoid) + .dot(x, twice),
      Value.dot([], [], bias: x[0]) * x[1],
    ]
    for (number, y) in cases.enumerated() {
      for value in x { value.zeroGrad() }
      y.backward()
      for (slope, value) in zip(gradients(of: y, withRespectTo: x), x) {
        assertClose(slope.data, value.grad, relative: 1e-14, "case \(number)")
      }
    }
  }

  /// min ‖∇f‖² is a training signal of its own (the gradient penalty).
  func testBackwardThroughAGradient() {
    let w = Value(1.5), x = Value(0.4)
    let slope = gradients(of: (w * x).tanh(), withRespectTo: [x])[0]
    (slope * slope).backward()
    let expected = finiteDifference(at: 1.5) { w in
      let slope = w * (1 - (w * 0.4).tanh().power(2))
      return slope * slope
    }
    XCTAssertEqual(w.grad, expected, accuracy: 1e-9)
  }

  func testALongChainNeedsNoStack() {
    let x = Value(1)
    var y = x
    for _ in 0..<60_000 { y = y + 1e-6 * x }
    XCTAssertEqual(gradients(of: y, withRespectTo: [x])[0].data, 1.06, accuracy: 1e-9)
  }
}
