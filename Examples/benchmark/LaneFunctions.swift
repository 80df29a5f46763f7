import Foundation
import Leibniz
import LeibnizKernels

/// The elementary functions of compiled programs, a row at a time, against the C library's, one number
/// after the other.
enum LaneFunctions {
  private typealias Row = (UnsafeMutablePointer<Double>, UnsafePointer<Double>, Int) -> Void

  private static let count = 1024

  static func run() -> [Measurement] {
    let figures =
      measure("exp", -5...5, leibniz_exp, Foundation.exp)
      + measure("log", 0.1...10, leibniz_log, Foundation.log)
      + measure("sin", -10...10, leibniz_sin, Foundation.sin)
      + measure("tan", -10...10, leibniz_tan, Foundation.tan)
      + measure("atan", -5...5, leibniz_atan, Foundation.atan)
      + measure("tanh", -5...5, leibniz_tanh, Foundation.tanh)
      + measure("asinh", -5...5, leibniz_asinh, Foundation.asinh)
      + measure("erf", -3...3, leibniz_erf, Foundation.erf)
      + measure("erfc", -3...3, leibniz_erfc, Foundation.erfc)
    let exponents = numbers(in: -3...3)
    return figures
      + measure("pow", 0...4, { leibniz_pow($0, $1, exponents, $2) }, { Foundation.pow($0, 1.7) })
  }

  private static func measure(
    _ name: String, _ range: ClosedRange<Double>, _ row: Row, _ single: (Double) -> Double
  ) -> [Measurement] {
    let x = numbers(in: range)
    var y = x
    let scale = 1e9 / Double(count)
    let lanes = Measurement.of("\(name), lanes", unit: "ns a number", scale: scale) {
      y.withUnsafeMutableBufferPointer { row($0.baseAddress!, x, count) }
    }
    let library = Measurement.of("\(name), C library", unit: "ns a number", scale: scale) {
      for i in 0..<count { y[i] = single(x[i]) }
    }
    return [lanes, library]
  }

  private static func numbers(in range: ClosedRange<Double>) -> [Double] {
    var generator = SeededGenerator(seed: 1)
    return (0..<count).map { _ in .random(in: range, using: &generator) }
  }
}
