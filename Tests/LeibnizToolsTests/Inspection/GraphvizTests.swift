import Foundation
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class GraphvizTests: XCTestCase {
  func testBoxesAsInTheArticles() {
    let text = walk().graphviz()
    XCTAssertTrue(text.contains("\"{ L | data -8.0000 | grad 1.0000 }\""), text)
    XCTAssertTrue(text.contains("\"{ a | data 2.0000 | grad 6.0000 }\""), text)
    XCTAssertTrue(text.contains("\"{ data 4.0000 | grad -2.0000 }\""), text)  // d, not labelled
    XCTAssertTrue(text.contains("rankdir=LR"))
  }

  func testTheWholeText() {
    let a = Value(2, label: "a"), b = Value(-3, label: "b")
    let e = a * b
    e.label = "e"
    e.backward()
    XCTAssertEqual(
      e.graphviz(),
      """
      digraph {
        rankdir=LR
        n0 [shape=record, label="{ a | data 2.0000 | grad -3.0000 }"]
        n1 [shape=record, label="{ b | data -3.0000 | grad 2.0000 }"]
        n2 [shape=record, label="{ e | data -6.0000 | grad 1.0000 }"]
        n2op [shape=circle, label="*"]
        n2op -> n2
        n0 -> n2op
        n1 -> n2op
      }

      """)
  }

  func testGraphvizCountsNodesAndEdges() throws {
    // Seven values and three operations; an operation on two values has three arrows.
    let plain = try layout(walk())
    XCTAssertEqual(plain.nodes.count, 7 + 3)
    XCTAssertEqual(plain.edges.count, 3 * 3)
  }

  func testSharedChildIsDrawnOnceAndASquareHasTwoArrows() throws {
    let x = Value(3, label: "x")
    let y = x * x
    let plain = try layout(y + x)
    XCTAssertEqual(plain.nodes.count, 3 + 2)
    XCTAssertEqual(plain.edges.count, 3 + 3)
    XCTAssertEqual(Set(plain.edges).count, 5, "x → * comes twice")
  }

  func testPlainNumbersStandInTheCircle() {
    let x = Value(3)
    XCTAssertTrue((x * 2).graphviz().contains("label=\"* 2\""))
    XCTAssertTrue((1.5 - x).graphviz().contains("label=\"1.5 -\""))
    XCTAssertTrue(x.power(2).graphviz().contains("label=\"power 2\""))
  }

  func testConstantsHaveNoGradient() {
    let text = (Value(2) * Value.constant(5)).graphviz()
    XCTAssertTrue(text.contains("\"{ data 5.0000 }\""), text)
  }

  func testLabelsAreEscaped() throws {
    let labels = [
      #"a|b{c}<d>"e"\n\"#, "x & y &lt;", "two\nlines", "bell\u{7}tab\t", "∂L/∂w é", "\\", "->;]",
    ]
    for label in labels {
      let plain = try layout(Value(1, label: label).exp())
      XCTAssertEqual(plain.nodes.count, 3, label)
      XCTAssertEqual(plain.edges.count, 2, label)
    }
    let svg = try render(Value(1, label: "p|q & &lt;r>"), as: "svg")
    XCTAssertTrue(svg.contains(">p|q &amp; &amp;lt;r&gt;<"), svg)
  }

  func testEveryKindOfNodeIsDrawn() throws {
    let x = [Value(1), Value(2)]
    let cube = CustomOperation(
      "cube", value: { $0[0] * $0[0] * $0[0] }, partials: { x, _ in [3 * x[0] * x[0]] })
    let nodes = [Value.dot(x, x, bias: x[0]), Value.sum(x), x[0].tanh(), cube([x[1]]), 2 / x[0]]
    let plain = try layout(Value.sum(nodes))
    XCTAssertEqual(plain.nodes.count, 2 + 2 * 6)
    XCTAssertEqual(plain.edges.count, 6 + 5 + 2 + 1 + 1 + 1 + 5)
  }

  func testNumbersThatAreNoneAreDrawn() throws {
    XCTAssertTrue(Value(.nan).graphviz().contains("data nan"))
    let plain = try layout(Value(.infinity) - Value(.infinity))
    XCTAssertEqual(plain.nodes.count, 4)
  }

  func testFilesOfEveryFormat() throws {
    let beginnings = ["dot": "digraph", "svg": "<svg", "png": "\u{89}PNG", "pdf": "%PDF"]
    for (format, beginning) in beginnings
    where ["dot", "svg"].contains(format) || isInstalled("dot") {
      let path = temporaryPath("graph.\(format)")
      defer { try? FileManager.default.removeItem(atPath: path) }
      try walk().writeGraph(to: path)
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      let start = String(String.UnicodeScalarView(data.prefix(8).map { Unicode.Scalar($0) }))
      XCTAssertTrue(start.hasPrefix(beginning), "\(format): \(start)")
    }
  }

  func testErrorsSayWhatToDoAndWriteNothing() {
    let path = temporaryPath("graph.svg")
    var x = Value(1)
    for _ in 0..<500 { x += 1 }
    assertThrows(.tooLarge(nodes: 501, limit: 500)) { try x.writeGraph(to: path) }
    assertThrows(.unknownFormat(path: "graph.jpeg")) { try x.writeGraph(to: "graph.jpeg") }
    XCTAssertFalse(FileManager.default.fileExists(atPath: path))
    XCTAssertTrue("\(GraphDrawingError.graphvizMissing)".contains("apt install graphviz"))
    XCTAssertThrowsError(try walk().writeGraph(to: "/nonexistent/folder/graph.dot")) {
      XCTAssertTrue("\($0)".hasPrefix("/nonexistent/folder/graph.dot: cannot be written"), "\($0)")
    }
  }

  func testMissingGraphviz() throws {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    setenv("PATH", "/nonexistent", 1)
    defer { setenv("PATH", path, 1) }
    assertThrows(.graphvizMissing) { try walk().writeGraph(to: temporaryPath("graph.png")) }
  }

  func testLongChainDoesNotRecurse() {
    var x = Value(1)
    for _ in 0..<100_000 { x += 1 }
    XCTAssertTrue(x.graphviz().hasSuffix("}\n"))
  }

  /// The articles' L = (a·b + c)·f after `backward()`, with d left without a label.
  private func walk() -> Value {
    let a = Value(2, label: "a"), b = Value(-3, label: "b")
    let c = Value(10, label: "c"), f = Value(-2, label: "f")
    let L = (a * b + c) * f
    L.label = "L"
    L.backward()
    return L
  }

  private func assertThrows(_ expected: GraphDrawingError, _ body: () throws -> Void) {
    XCTAssertThrowsError(try body()) { XCTAssertEqual($0 as? GraphDrawingError, expected) }
  }

  private func render(_ value: Value, as format: String) throws -> String {
    try skipUnlessInstalled("dot")
    let picture = try ExternalProgram(name: "dot", arguments: ["-T\(format)"])
      .run(on: Array(value.graphviz().utf8))
    return String(decoding: picture, as: UTF8.self)
  }

  /// What Graphviz itself understands of the text.
  private func layout(_ value: Value) throws -> (nodes: [String], edges: [String]) {
    let lines = try render(value, as: "plain").split(separator: "\n")
    let edges = lines.filter { $0.hasPrefix("edge ") }
      .map { $0.split(separator: " ")[1...2].joined(separator: " ") }
    return (lines.filter { $0.hasPrefix("node ") }.map(String.init), edges)
  }

  private func temporaryPath(_ name: String) -> String {
    NSTemporaryDirectory() + "\(UUID().uuidString)-\(name)"
  }
}
