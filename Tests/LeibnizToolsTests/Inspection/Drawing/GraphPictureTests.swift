import Foundation
import Leibniz
import XCTest

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import LeibnizTools

final class GraphPictureTests: XCTestCase {
  func testBoxesDoNotOverlapAndEdgesGoFromLeftToRightAroundThem() {
    for seed in 0..<500 {
      let picture = GraphPicture(randomGraph(seed: UInt64(seed)))
      let rectangles = rectangles(of: picture)
      for (i, a) in rectangles.enumerated() {
        for b in rectangles[..<i] {
          let apart =
            a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top
          XCTAssertTrue(apart, "seed \(seed): \(a) and \(b)")
        }
      }
      for path in picture.operands.joined() + picture.results.compactMap({ $0 }) {
        XCTAssertLessThan(path.first!.x, path.last!.x)
        for (p, q) in zip(path, path.dropFirst()) {
          XCTAssertLessThanOrEqual(p.x, q.x)
          // Where an edge passes a layer it is level: no box of the layer may stand in its way.
          guard p.y == q.y && path.count > 2 else { continue }
          for box in rectangles where box.left >= p.x - 0.001 && box.right <= q.x + 0.001 {
            XCTAssertFalse(box.top < p.y && p.y < box.bottom, "seed \(seed)")
          }
        }
      }
    }
  }

  func testEdgesMeetTheBoxesTheyConnect() {
    for seed in 0..<100 {
      let picture = GraphPicture(randomGraph(seed: UInt64(seed)))
      for (index, entry) in picture.listing.entries.enumerated() {
        XCTAssertEqual(picture.operands[index].count, entry.children.count)
        for (child, path) in zip(entry.children, picture.operands[index]) {
          XCTAssertEqual(path.first!.y, picture.boxes[child].y)
          XCTAssertEqual(path.last!.y, picture.circles[index]!.y)
        }
        XCTAssertEqual(picture.circles[index] == nil, entry.children.isEmpty)
        XCTAssertEqual(
          picture.results[index]?.last?.y, entry.caption.map { _ in picture.boxes[index].y })
      }
    }
  }

  func testASmallOrderHasNoCrossings() {
    // Two chains that cross where they are drawn in the order of the listing.
    let box = LayeredLayout.Size(width: 10, height: 10)
    let layout = LayeredLayout(
      [box, box, box, box], edges: [(0, 3), (1, 2)])
    XCTAssertEqual(layout.paths[0].map(\.y), [layout.centers[0].y, layout.centers[3].y])
    XCTAssertEqual(layout.centers[0].y, layout.centers[3].y)
    XCTAssertEqual(layout.centers[1].y, layout.centers[2].y)
    XCTAssertNotEqual(layout.centers[0].y, layout.centers[1].y)
  }

  func testThePictureHasTheBoxesAndEdgesOfGraphviz() {
    for seed in 0..<100 {
      let output = randomGraph(seed: UInt64(seed))
      let (svg, dot) = (output.svg(), output.graphviz())
      XCTAssertEqual(occurrences("<rect", svg), occurrences("shape=", dot))
      XCTAssertEqual(occurrences("class='arrow'", svg), occurrences(" -> ", dot))
    }
  }

  func testPictureIsWellFormed() {
    let x = Value(2, label: "a<b & \"c\"\u{1}")
    let svg = (x * .infinity + Value(.nan)).svg()
    let parser = XMLParser(data: Data(svg.utf8))
    XCTAssertTrue(parser.parse(), "\(String(describing: parser.parserError))\n\(svg)")
    XCTAssertTrue(svg.contains(">a&lt;b &amp;"))
  }

  func testALeafIsOneBox() {
    let picture = GraphPicture(Value(1, label: "x"))
    XCTAssertEqual(picture.boxes.count, 1)
    XCTAssertEqual(picture.size.height, GraphPicture.boxHeight)
    XCTAssertEqual(occurrences("<rect", Value(1).svg()), 1)
  }

  private struct Box {
    var left, right, top, bottom: Double
  }

  private func rectangles(of picture: GraphPicture) -> [Box] {
    func box(_ center: LayeredLayout.Point, _ width: Double, _ height: Double) -> Box {
      Box(
        left: center.x - width / 2, right: center.x + width / 2, top: center.y - height / 2,
        bottom: center.y + height / 2)
    }
    var boxes: [Box] = []
    for (index, entry) in picture.listing.entries.enumerated() {
      let width = picture.fields[index].reduce(0) { $0 + GraphPicture.width(of: $1) }
      boxes.append(box(picture.boxes[index], width, GraphPicture.boxHeight))
      if let caption = entry.caption, let center = picture.circles[index] {
        boxes.append(
          box(center, GraphPicture.circleWidth(caption), GraphPicture.circleHeight))
      }
    }
    return boxes
  }

  private func occurrences(_ text: String, _ whole: String) -> Int {
    whole.components(separatedBy: text).count - 1
  }

  /// A graph of up to forty operations of every number of operands.
  private func randomGraph(seed: UInt64) -> Value {
    var generator = SeededGenerator(seed: seed)
    var values = (0..<Int.random(in: 1...6, using: &generator)).map {
      Value(Double($0) / 4, label: "x\($0)")
    }
    func value() -> Value { values.randomElement(using: &generator)! }
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: values.append(value().tanh())
      case 1: values.append(value() + value())
      case 2: values.append(value() * value())
      case 3: values.append(value() * 2)
      case 4: values.append(.sum((0..<4).map { _ in value() }))
      default: values.append(.logSumExp([value(), value()]))
      }
    }
    return .sum(values.suffix(3))
  }
}
