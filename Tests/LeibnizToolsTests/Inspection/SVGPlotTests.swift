import Foundation
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class SVGPlotTests: XCTestCase {
  private typealias Axis = SVGPlot.Axis

  func testAPictureIsWellFormed() {
    var plot = SVGPlot("a < b & \"c\"\u{7}", x: Axis("x"), y: Axis("y", scale: .logarithmic))
    plot.addLine([1, 10, .nan, 1000, -5], label: "line")
    plot.addPoints(x: [0, 1], y: [2, .infinity], label: "points", marker: .cross)
    plot.addHeatMap([[1, 2], [3, .nan]], x: 0...1, y: 1...2, label: "cells")
    plot.addText("<text>", x: 1, y: 2)
    let svg = SVGFigure(plot, SVGPlot(), plot).svg()
    let parser = MarkupProbe(svg)
    XCTAssertNil(parser.error)
    XCTAssertGreaterThan(parser.counts["text", default: 0], 10)
    XCTAssertFalse(svg.contains("nan"))
    XCTAssertFalse(svg.contains("inf"))
  }

  func testEveryPointIsDrawnAndOnlyFiniteOnes() {
    var plot = SVGPlot()
    plot.addPoints(x: [1, 2, 3, .nan], y: [1, 2, .infinity, 4])
    XCTAssertEqual(MarkupProbe(SVGFigure(plot).svg()).counts["circle"], 2)
  }

  func testLineBreaksWhereANumberIsMissing() {
    var plot = SVGPlot(x: Axis(isVisible: false), y: Axis(isVisible: false))
    plot.addLine([1, 2, .nan, 4, 5])
    let svg = SVGFigure(plot).svg()
    XCTAssertEqual(svg.count { $0 == "M" }, 2, svg)
  }

  func testAxisPlacesNumbersAndTicks() {
    let axis = AxisLayout(
      Axis(range: 0...10), marks: [], edges: [], pixels: 100, isVertical: false)
    XCTAssertEqual(axis.place(0), 0)
    XCTAssertEqual(axis.place(2.5), 25)
    XCTAssertEqual(axis.ticks(spacing: 20).map(\.text), ["0", "2", "4", "6", "8", "10"])
    let vertical = AxisLayout(
      Axis(range: -1...1), marks: [], edges: [], pixels: 100, isVertical: true)
    XCTAssertEqual(vertical.place(-1), 100)
    XCTAssertEqual(vertical.ticks(spacing: 25).map(\.text), ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
    let reversed = AxisLayout(
      Axis(categories: ["a", "b"], isReversed: true), marks: [], edges: [-0.5, 1.5], pixels: 100,
      isVertical: true)
    XCTAssertEqual(reversed.ticks(spacing: 1).map(\.place), [25, 75])
    XCTAssertEqual(reversed.ticks(spacing: 1).map(\.text), ["a", "b"])
  }

  func testLogarithmicAxis() {
    let axis = AxisLayout(
      Axis(range: 0.01...10_000, scale: .logarithmic), marks: [], edges: [], pixels: 300,
      isVertical: false)
    XCTAssertEqual(axis.place(1)!, 100, accuracy: 1e-9)
    XCTAssertNil(axis.place(0))
    XCTAssertNil(axis.place(-1))
    XCTAssertEqual(
      axis.ticks(spacing: 40).map(\.text), ["0.01", "0.1", "1", "10", "100", "1000", "1e4"])
  }

  func testLogarithmicAxisOfFewDecades() {
    func ticks(_ range: ClosedRange<Double>) -> [String] {
      AxisLayout(
        Axis(range: range, scale: .logarithmic), marks: [], edges: [], pixels: 200,
        isVertical: false
      ).ticks(spacing: 40).map(\.text)
    }
    XCTAssertEqual(ticks(0.03...0.7), ["0.05", "0.1", "0.2", "0.5"])
    XCTAssertEqual(ticks(0.2...0.7), ["0.2", "0.3", "0.4", "0.5", "0.6", "0.7"])
  }

  func testAxesOfNothingOfOneNumberAndOfHugeOnes() {
    for marks in [[], [5.0], [0], [-1e300, 1e300], [1e-300, 2e-300], [.nan]] {
      let axis = AxisLayout(Axis(), marks: marks, edges: [], pixels: 100, isVertical: false)
      XCTAssertLessThan(axis.ticks(spacing: 20).count, 20, "\(marks)")
      for mark in marks where mark.isFinite {
        XCTAssertTrue((0...100).contains(axis.place(mark)!), "\(marks)")
      }
    }
  }

  func testNeighbouringCellsOfOneShadeAreOneBlock() {
    let map = HeatMap(
      rows: [[0, 0, 1], [1, .nan, 1]], x: 0...3, y: 0...2, colors: .classes([.blue, .orange]),
      range: 0...1, label: "")
    XCTAssertEqual(map.blocks.map(\.blocks.count), [1, 3])
    XCTAssertEqual(map.blocks[0].blocks[0].x, 0...2)
    XCTAssertEqual(map.blocks[0].blocks[0].y, 0...1)
  }

  func testColorMaps() {
    let diverging = SVGPlot.ColorMap.diverging(negative: .orange, positive: .blue)
    XCTAssertEqual(diverging.range(of: [-1, 3, .nan]), -3...3)
    XCTAssertNil(diverging.color(0, in: -3...3))
    XCTAssertEqual(diverging.color(-3, in: -3...3), .orange.opacity(0.5))
    XCTAssertEqual(diverging.color(9, in: -3...3), .blue.opacity(0.5))
    XCTAssertNil(SVGPlot.ColorMap.ink(.gray).color(0, in: 0...16))
    XCTAssertEqual(SVGPlot.ColorMap.ink(.gray).color(16, in: 0...16), .gray)
    XCTAssertNotEqual(
      SVGPlot.ColorMap.sequential.color(0, in: 0...1),
      SVGPlot.ColorMap.sequential.color(1, in: 0...1))
    XCTAssertNil(SVGPlot.ColorMap.classes([.blue]).color(1, in: 0...1))
  }

  func testImagesHaveOneCaptionEach() {
    let images = (0..<5).map { _ in (0..<12).map { Double($0) } }
    let plot = SVGPlot(
      images: images, imageWidth: 4, captions: ["a", "b", "c", "d", "e"], columns: 3)
    XCTAssertEqual(MarkupProbe(SVGFigure(plot).svg()).counts["text"], 5)
  }

  /// Numbers of every size, in every kind of layer, on axes of every kind: a well-formed picture.
  func testExtremeNumbersAreDrawn() {
    let huge = Double.greatestFiniteMagnitude, tiny = Double.leastNonzeroMagnitude
    let sets: [[Double]] = [
      [-huge, huge], [-huge, 0], [tiny, -tiny], [huge, huge], [1e300, -1e300, .infinity, .nan],
      [.infinity, -.infinity], [.nan], [0, 1e-308], [1, 1 + 0x1p-52], [tiny, huge], [9e18, -9e18],
    ]
    let maps: [SVGPlot.ColorMap] = [
      .sequential, .diverging(negative: .orange, positive: .blue), .ink(.gray),
      .classes([.blue, .red]),
    ]
    for numbers in sets {
      for other in sets {
        let (x, y) = (numbers, numbers.indices.map { other[$0 % other.count] })
        let ends = other.filter { !$0.isNaN }.sorted()
        let range = ends.first.map { $0...ends.last! }
        for scale in [SVGPlot.Axis.Scale.linear, .logarithmic] {
          for map in maps {
            var plot = SVGPlot(x: Axis(range: range, scale: scale), y: Axis(scale: scale))
            plot.addLine(x: x, y: y, label: "line")
            plot.addPoints(x: x, y: y, label: "points")
            plot.addHeatMap(
              [x, x], x: range ?? 0...1, y: 0...1, colors: map, range: range, label: "cells")
            plot.addHeatMap([x, x], x: 0...1, y: range ?? 0...1, colors: map, label: "cells")
            plot.addText("text", x: x[0], y: y[0])
            let svg = SVGFigure(plot, SVGPlot(images: [x], imageWidth: x.count, captions: ["c"]))
              .svg()
            XCTAssertNil(MarkupProbe(svg).error)
            let attributes = svg.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }
            XCTAssertFalse(
              attributes.contains { $1.contains("inf") || $1.contains("nan") }, "\(x) \(y)")
          }
        }
      }
    }
  }

  func testTheFullRangeOfNumbersHasPlaces() {
    let huge = Double.greatestFiniteMagnitude
    let axis = AxisLayout(
      Axis(), marks: [-huge, 0, huge], edges: [], pixels: 100, isVertical: false)
    XCTAssertEqual(axis.place(0)!, 50, accuracy: 1e-9)
    XCTAssertLessThan(axis.place(-huge)!, 10)
    XCTAssertGreaterThan(axis.place(huge)!, 90)
    let map = SVGPlot.ColorMap.sequential
    XCTAssertEqual(map.color(0, in: -huge...huge), map.color(0.5, in: 0...1))
  }

  func testCharactersThatXMLCannotHoldBecomeSpaces() {
    var plot = SVGPlot("a\u{FFFE}b\u{FFFF}c\u{0}d\u{1F}e\u{7F}f\u{85}g")
    plot.addLine([1, 2], label: "é\u{10FFFE}😀")
    let svg = SVGFigure(plot).svg()
    XCTAssertTrue(svg.contains(">a b c d e f g<"), svg)
    XCTAssertTrue(svg.contains(">é\u{10FFFE}😀<"), svg)
    let node = Value(1, label: "x\u{FFFE}y")
    XCTAssertFalse(node.graphviz().unicodeScalars.contains("\u{FFFE}"))
    XCTAssertFalse(node.exp().svg().unicodeScalars.contains("\u{FFFE}"))
  }

  func testSmallChartsHaveThreeTicksAndNoTextsOverEachOther() {
    for pixels in [50.0, 60, 90, 200] {
      for range in [0.6...1.4, 1000.2...1000.9, -3e-7...8e-7, 0...100, 12_345_678...12_345_690] {
        let axis = AxisLayout(
          Axis(range: range), marks: [], edges: [], pixels: pixels, isVertical: true)
        XCTAssertGreaterThanOrEqual(axis.ticks(spacing: 40).count, 3, "\(range) \(pixels)")
        XCTAssertEqual(
          Set(axis.ticks(spacing: 40).map(\.text)).count, axis.ticks(spacing: 40).count, "\(range)")
        let horizontal = AxisLayout(
          Axis(range: range), marks: [], edges: [], pixels: pixels, isVertical: false)
        let ticks = horizontal.ticks(spacing: 60)
        for (a, b) in zip(ticks, ticks.dropFirst()) {
          let room = (SVG.width(of: a.text) + SVG.width(of: b.text)) / 2
          XCTAssertGreaterThan(b.place - a.place, room, "\(range) \(pixels)")
        }
      }
    }
  }

  func testWritingNamesTheFile() throws {
    XCTAssertThrowsError(try SVGFigure(SVGPlot()).write(to: "/nonexistent/plot.svg")) {
      XCTAssertTrue("\($0)".hasPrefix("/nonexistent/plot.svg: cannot be written"), "\($0)")
    }
  }
}
