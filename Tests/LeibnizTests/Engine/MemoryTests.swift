import ExampleSupport
import LeibnizKernels
import XCTest

@testable import Leibniz

/// Nodes are released, made anew and given back; nothing leaks.
final class MemoryTests: XCTestCase {
  func testNodesReadTheFieldsOfTheirObjects() {
    for number in [0.0, -1.5, .infinity, 1e-300] {
      let value = Value(number, label: "x")
      value.grad = 2 * number
      XCTAssertEqual(value.node.number, value.fields.number)
      XCTAssertEqual(value.node.gradient, value.fields.gradient)
      XCTAssertEqual(value.node.mark, value.fields.mark)
      XCTAssertEqual(value.node.traits, value.fields.traits)
      XCTAssertTrue(value.node.value === value)
      value.node.number = 7
      XCTAssertEqual(value.fields.number, 7)
      XCTAssertEqual(value.label, "x")
    }
    let y = Value(1).exp()
    XCTAssertTrue(withExtendedLifetime(y) { y.node.isOperation })
  }

  func testNodeListsReadTheElementsOfTheirArrays() {
    for count in [0, 1, 2, 3, 10, 1000] {
      var values = (0..<count).map { Value(Double($0)) }
      values.reserveCapacity(count + 5)
      let fromSlice = Array(values.dropFirst(count / 2))
      for array in [values, fromSlice, Array(ContiguousArray(values))] {
        let list = NodeList(array)
        defer { list.release() }
        XCTAssertEqual(list.count, array.count)
        XCTAssertEqual(list.map { $0.value.id }, array.map(\.id))
      }
    }
  }

  /// Every kind of node, released together with its children.
  func testNothingIsKeptAlive() {
    let cube = CustomOperation(
      "cube", value: { $0[0] * $0[0] * $0[0] }, partials: { x, _ in [3 * x[0] * x[0]] })
    let makers: [(Value, Value) -> Value] = [
      { x, _ in x.exp() }, { x, y in x * y }, { x, _ in x * 2 }, { x, _ in 2 / x },
      { x, y in .sum([x, y, x]) }, { x, y in .dot([x, y], [y, y], bias: x) },
      { x, y in cube([x]) + y }, { x, y in .select(where: x, then: x * y, else: y) },
      { x, y in (x + y).stopGradient() },
    ]
    for (index, make) in makers.enumerated() {
      weak var root: Value?
      weak var inner: Value?
      weak var leaf: Value?
      do {
        let (x, y) = (Value(0.5, label: "x"), Value(2))
        let middle = x * y
        middle.label = "middle"
        let result = make(middle, x)
        result.backward()
        result.recompute()
        _ = result.children
        (root, inner, leaf) = (result, middle, x)
        XCTAssertNotNil(root)
      }
      XCTAssertNil(root, "maker \(index)")
      XCTAssertNil(inner, "maker \(index)")
      XCTAssertNil(leaf, "maker \(index)")
    }
  }

  /// A node made of a dead one has nothing of it left.
  func testNodesMadeAnewAreNew() {
    let x = Value(3)
    func graph() -> Value { (x * 2).exp() + .dot([x * x, .constant(1)], [x, x], bias: x) }
    for _ in 0..<100 {
      let y = graph()
      for node in Graph([y]).nodes where node.isOperation {
        XCTAssertEqual(node.gradient, 0)
        XCTAssertEqual(node.mark, 0)
        XCTAssertEqual(node.value.label, "")
      }
      x.zeroGrad()
      y.backward()
      XCTAssertEqual(x.grad, 2 * exp(6) + 27 + 1 + 1, accuracy: 1e-12)
      for (i, child) in y.children.enumerated() { child.label = "child \(i)" }
    }
  }

  /// Threads that build graphs and end take what they kept with them.
  func testThreadsGiveBackWhatTheyKept() throws {
    guard residentBytes() != nil else {
      throw XCTSkip("The resident memory is read from /proc/self/statm, which only Linux has.")
    }
    func run(threads: Int) {
      for _ in 0..<threads {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
          let x = Value(1)
          var y = x
          for _ in 0..<30_000 { y = y * x }
          y.backward()
          if x.grad == 30_001 { done.signal() }
        }
        thread.start()
        XCTAssertEqual(done.wait(timeout: .now() + 60), .success)
      }
    }
    run(threads: 10)
    let warm = try XCTUnwrap(residentBytes())
    run(threads: 50)
    // 50 threads keep 120 MB while they run.
    XCTAssertLessThan(try XCTUnwrap(residentBytes()) - warm, 40_000_000)
  }

  /// A destructor that runs after the thread has given back its nodes drops a graph, and makes one.
  func testGraphsDieAfterTheirThreadsNodes() {
    #if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
      final class Grave {
        var graph: Value?
        let died: DispatchSemaphore
        init(_ died: DispatchSemaphore) { self.died = died }
      }
      let died = DispatchSemaphore(value: 0)
      let thread = Thread {
        let grave = Grave(died)
        let x = Value(1)
        func graph() -> Value { (0..<1000).reduce(x) { sum, _ in sum * x + x } }
        graph().backward()  // from here on the engine has a destructor, which comes first
        var key = pthread_key_t()
        pthread_key_create(&key) { pointer in
          #if canImport(Darwin)
            let grave = Unmanaged<Grave>.fromOpaque(pointer).takeRetainedValue()
          #else
            let grave = Unmanaged<Grave>.fromOpaque(pointer!).takeRetainedValue()
          #endif
          grave.graph = nil
          let y = (0..<1000).reduce(Value(2)) { sum, _ in sum * 1 }
          y.backward()
          grave.died.signal()
        }
        grave.graph = graph()
        pthread_setspecific(key, Unmanaged.passRetained(grave).toOpaque())
      }
      thread.start()
      XCTAssertEqual(died.wait(timeout: .now() + 60), .success)
    #endif
  }

  func testSpareNodesAreGivenBack() throws {
    let x = Value(1)
    func graph() -> Value { (0..<20_000).reduce(x) { sum, _ in sum * x } }
    graph().backward()
    guard leibniz_take_spare() != nil else { throw XCTSkip("No nodes are kept here.") }
    Value.releaseSpareNodes()
    XCTAssertNil(leibniz_take_spare())
    for _ in 0..<2 {
      x.zeroGrad()
      graph().backward()
      XCTAssertEqual(x.grad, 20_001)
    }
  }

  func testFoldedConstantsAreReleased() {
    weak var constant: Value?
    do {
      let c = Value.constant(2)
      constant = c
      _ = Value.sum([c, c]) + .dot([c], [c], bias: c) + c.exp()
    }
    XCTAssertNil(constant)
  }

  /// What is still in use survives the release of a graph above it.
  func testSharedNodesOutliveTheGraph() {
    let x = Value(3)
    let shared = x * x
    do {
      let y = Value.sum([shared, shared.exp(), x])
      y.backward()
    }
    x.zeroGrad()
    shared.backward()
    XCTAssertEqual(x.grad, 6)
    XCTAssertEqual(shared.children.map(\.id), [x.id, x.id])
  }

  func testTrainingTakesNoMoreMemory() throws {
    guard let before = residentBytes() else {
      throw XCTSkip("The resident memory is read from /proc/self/statm, which only Linux has.")
    }
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 2, layers: [3, 1], activation: .tanh, using: &generator)
    let optimizer = SGD(model.parameters, learningRate: 0.01)
    func train(_ steps: Int) {
      for _ in 0..<steps {
        let loss = (model([0.5, -1.0])[0] - 0.3).power(2) + .sum(model.parameters) * 1e-3
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
      }
    }
    train(1000)
    let warm = try XCTUnwrap(residentBytes())
    train(10_000)
    let after = try XCTUnwrap(residentBytes())
    // One node of 72 bytes kept from each step would be 720 kB.
    XCTAssertLessThan(after - warm, 500_000, "started with \(before)")
  }
}
