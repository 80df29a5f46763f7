import Foundation
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class SVGPlotLayersTests: XCTestCase {
  private typealias Axis = SVGPlot.Axis

  func testContoursFollowTheirLevel() {
    // f = x² + y² over −1…1: the line of 0.25 is a circle of radius 0.5.
    let places: [Double] = (0..<41).map { (Double($0) + 0.5) / 20.5 - 1 }
    let rows = places.map { y in places.map { x in x * x + y * y } }
    let contours = ContourLines(rows: rows, x: -1...1, y: -1...1, levels: [0.25])
    let circles = contours.lines(at: 0.25)
    XCTAssertEqual(circles.count, 1)
    XCTAssertGreaterThan(circles[0].count, 40)
    for point in circles[0] {
      XCTAssertEqual((point.x * point.x + point.y * point.y).squareRoot(), 0.5, accuracy: 2e-3)
    }
    XCTAssertEqual(circles[0].first!.x, circles[0].last!.x)
    XCTAssertEqual(circles[0].first!.y, circles[0].last!.y)
    // Four lines leave at the border, and none is made of what is not finite.
    XCTAssertEqual(contours.lines(at: 1.2).count, 4)
    XCTAssertEqual(contours.lines(at: 5).count, 0)
    let broken = ContourLines(
      rows: [[0, .nan, 1], [0, 1, .infinity]], x: 0...1, y: 0...1, levels: [0.5])
    XCTAssertEqual(broken.lines(at: 0.5).count, 0)
  }

  func testSaddlesAreResolvedByTheirMean() {
    for (corner, expected) in [(0.9, 0.5), (0.2, 0.5)] {
      let rows = [[1.0, 0], [0, corner < 0.5 ? 0.6 : 1]]
      let lines = ContourLines(rows: rows, x: 0...1, y: 0...1, levels: [expected])
        .lines(at: expected)
      XCTAssertEqual(lines.count, 2)
      XCTAssertTrue(lines.allSatisfy { $0.count == 2 })
    }
  }

  func testContoursHaveTheirLevelsWritten() {
    let places: [Double] = (0..<41).map { Double($0) / 20 - 1 }
    let rows = places.map { y in places.map { x in x * x + y * y } }
    var plot = SVGPlot(x: Axis(isVisible: false), y: Axis(isVisible: false))
    plot.addContours(rows, x: -1...1, y: -1...1, levels: [0.25, 0.5, 1])
    let svg = SVGFigure(plot).svg()
    for level in ["0.25", "0.5", "1"] { XCTAssertTrue(svg.contains(">\(level)</text>"), level) }
    XCTAssertEqual(MarkupProbe(svg).counts["path"], 3)
  }

  func testHeatMapsHaveAScaleOfColours() {
    var plot = SVGPlot(x: Axis(isVisible: false), y: Axis(isVisible: false))
    plot.addHeatMap([[0, 10]], x: 0...1, y: 0...1, label: "height")
    let svg = SVGFigure(plot).svg()
    for text in ["height", "0", "2", "10"] { XCTAssertTrue(svg.contains(">\(text)</text>"), text) }
    var unnamed = SVGPlot(x: Axis(isVisible: false), y: Axis(isVisible: false))
    unnamed.addHeatMap([[0, 10]], x: 0...1, y: 0...1)
    XCTAssertNil(MarkupProbe(SVGFigure(unnamed).svg()).counts["text"])
  }

  func testCellsLeaveNoGaps() throws {
    var plot = SVGPlot(x: Axis("x"), y: Axis("y"), width: 340, height: 260)
    let rows: [[Double]] = (0..<77).map { i in (0..<83).map { j in Double((i * 83 + j) % 31) } }
    plot.addHeatMap(rows, x: 0...1, y: 0...1)
    let svg = SVGFigure(plot).svg()
    let rectangles = try rectangles(in: svg)
    // Whole pixels, of which each is covered once.
    var covered = Array(repeating: 0, count: 340 * 260)
    for rectangle in rectangles {
      for y in rectangle.y..<(rectangle.y + rectangle.height) {
        for x in rectangle.x..<(rectangle.x + rectangle.width) { covered[y * 340 + x] += 1 }
      }
    }
    XCTAssertTrue(covered.allSatisfy { $0 == 1 })
    // The area itself lies on whole pixels.
    for part in svg.components(separatedBy: "translate(").dropFirst() {
      let numbers = part.prefix { $0 != ")" }.split(separator: " ").compactMap { Double($0) }
      XCTAssertTrue(numbers.allSatisfy { $0 == $0.rounded() }, "\(numbers)")
    }
  }

  /// The rectangles of all paths with blurless edges.
  private func rectangles(
    in svg: String
  ) throws -> [(x: Int, y: Int, width: Int, height: Int)] {
    try svg.split(separator: "\n").filter { $0.contains("crispEdges") }.flatMap { line in
      try line.split(separator: "'")[1].split(separator: "z").map { outline in
        let numbers = outline.dropFirst().split { "hv ".contains($0) }.map { Int($0) }
        let whole = try numbers.prefix(4).map { try XCTUnwrap($0, "\(outline)") }
        return (whole[0], whole[1], whole[2], whole[3])
      }
    }
  }

  func testHistogramsCountEveryFiniteNumber() throws {
    let histogram = Histogram([0, 1, 2, 2.5, 10], bins: 5)
    XCTAssertEqual(histogram.edges, [0, 2, 4, 6, 8, 10])
    XCTAssertEqual(histogram.counts, [2, 2, 0, 0, 1])
    XCTAssertEqual(Histogram([3, 3], bins: 5).counts, [2])
    let huge = Double.greatestFiniteMagnitude
    XCTAssertEqual(Histogram([-huge, 0, huge], bins: 2).counts, [1, 2])
    // Interquartile range 500, a thousand numbers: bars of 100.
    XCTAssertEqual(Histogram.binCount(for: (0..<1000).map(Double.init)), 10)
    XCTAssertEqual(Histogram.binCount(for: [1, 1, 1, 1, 1, 1, 1, 5]), 10)
    var plot = SVGPlot(x: Axis(isVisible: false), y: Axis(isVisible: false))
    plot.addHistogram([1, 2, 2, .nan, 3], bins: 3)
    plot.addHistogram([.nan])
    plot.addHistogram([5])
    XCTAssertEqual(try rectangles(in: SVGFigure(plot).svg()).count, 4)
  }

  func testBandsBreakWhereANumberIsMissing() {
    var plot = SVGPlot(x: Axis(isVisible: false), y: Axis(isVisible: false))
    plot.addBand(x: [0, 1, 2, 3, 4], lower: [0, 0, .nan, 0, 0], upper: [1, 1, 1, 1, 1])
    plot.addLine([1, 2], label: "same colour")
    let svg = SVGFigure(plot).svg()
    XCTAssertEqual(svg.components(separatedBy: "fill-opacity='0.25'").count - 1, 2)
    XCTAssertEqual(svg.components(separatedBy: "#0039e1").count - 1, 4)
  }

  func testStylesAndEnds() {
    var plot = SVGPlot(x: Axis(isVisible: false), y: Axis(isVisible: false))
    plot.addLine([1, 2, 3], style: .dashed)
    plot.addLine(x: [1, 2], y: [3, 4], style: .dotted, marksEnds: true)
    let svg = SVGFigure(plot).svg()
    XCTAssertEqual(svg.components(separatedBy: "stroke-dasharray").count - 1, 2)
    XCTAssertEqual(MarkupProbe(svg).counts["circle"], 3)  // a ring, and a disc with its edge
  }
}
