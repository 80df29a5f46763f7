import Foundation
import XCTest

@testable import Leibniz
@testable import LeibnizTools

final class SVGPlotPaletteTests: XCTestCase {
  /// Colours keep apart for readers without one of the three kinds of cones.
  ///
  /// Source: Machado, Oliveira and Fernandes, *A physiologically-based model for simulation of color
  /// vision deficiency*, 2009; distances in CIELAB, 1976.
  func testThePaletteKeepsApart() {
    let kinds: [(matrix: [[Double]], least: Double)] = [
      ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 24),
      (
        [
          [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
          [-0.003882, -0.048116, 1.051998],
        ], 24
      ),
      (
        [
          [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
          [-0.011820, 0.042940, 0.968881],
        ], 24
      ),
      (
        [
          [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
          [0.004733, 0.691367, 0.303900],
        ], 14
      ),
    ]
    let palette = SVGPlot.Color.palette
    for (matrix, least) in kinds {
      for i in palette.indices {
        for j in 0..<i {
          let (a, b) = (lab(palette[i], seenBy: matrix), lab(palette[j], seenBy: matrix))
          let distance = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
          XCTAssertGreaterThan(distance, least, "\(i) \(j)")
        }
      }
    }
    for color in palette {
      // Against white and against black.
      let light =
        0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
      XCTAssertGreaterThan(min(1.05 / (light + 0.05), (light + 0.05) / 0.05), 2.4)
    }
  }

  private func linear(_ part: UInt8) -> Double {
    let x = Double(part) / 255
    return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4)
  }

  private func lab(_ color: SVGPlot.Color, seenBy matrix: [[Double]]) -> [Double] {
    func product(_ matrix: [[Double]], _ x: [Double]) -> [Double] {
      matrix.map { zip($0, x).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let seen = product(matrix, [color.red, color.green, color.blue].map(linear))
    let xyz = product(
      [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]],
      seen.map { min(max($0, 0), 1) })
    let f = zip(xyz, [0.95047, 1, 1.08883]).map { x, white in
      x / white > 0.008856 ? cbrt(x / white) : 7.787 * x / white + 16 / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }
}
