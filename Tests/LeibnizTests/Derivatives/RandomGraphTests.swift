import XCTest

@testable import Leibniz

/// 2,000 random graphs, differentiated in every way there is: all must agree.
final class RandomGraphTests: XCTestCase {
  private static let seeds: Range<UInt64> = 0..<2000

  func testEveryPrimitiveIsDrawn() {
    var drawn = Set<String>()
    var largest = 0
    for seed in Self.seeds {
      let graph = RandomGraph(seed: seed)
      largest = max(largest, graph.steps.count)
      for step in graph.steps { drawn.insert(step.primitive.description + "\(step.primitive)") }
    }
    let all =
      Unary.allCases.map { Primitive.unary($0) } + Binary.allCases.map { .binary($0) }
      + Nary.allCases.map { .nary($0) }
    print(drawn.count, all.count, largest)
  }
}
