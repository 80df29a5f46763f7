import Foundation
import LeibnizKernels
import XCTest

@testable import Leibniz

/// The elementary functions that lanes have of their own.
final class LanesTests: XCTestCase {
  private static let unaries: [String: @Sendable (Lanes) -> Lanes] = [
    "exp": Lanes.exp, "expm1": Lanes.expm1, "log": Lanes.log, "log1p": Lanes.log1p,
    "sin": Lanes.sin, "cos": Lanes.cos, "tan": Lanes.tan,
    "asin": Lanes.asin, "acos": Lanes.acos, "atan": Lanes.atan,
    "sinh": Lanes.sinh, "cosh": Lanes.cosh, "tanh": Lanes.tanh,
    "asinh": Lanes.asinh, "acosh": Lanes.acosh, "atanh": Lanes.atanh,
    "erf": Lanes.erf, "erfc": Lanes.erfc,
  ]
  private static let binaries: [String: @Sendable (Lanes, Lanes) -> Lanes] = [
    "pow": Lanes.pow, "atan2": Lanes.atan2,
  ]

  /// The units in the last place that a function may be off by.
  private func units(_ name: String) -> UInt64 { ["tan", "erfc", "pow"].contains(name) ? 3 : 2 }

  /// Against numbers computed with 50 digits, `Tests/Reference/lane_functions.txt`; the script beside
  /// that file describes its lines.
  func testAgainstReferences() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appendingPathComponent("Reference/lane_functions.txt")
    var names: Set<String> = []
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      let numbers = try words.dropFirst().map { try XCTUnwrap(Double($0)) }
      let x = Lanes(numbers[0])
      let found =
        try numbers.count == 2
        ? XCTUnwrap(Self.unaries[words[0]])(x)
        : XCTUnwrap(Self.binaries[words[0]])(x, Lanes(numbers[1]))
      names.insert(words[0])
      XCTAssertLessThanOrEqual(
        ulpDistance(found.vector[3], numbers.last!), units(words[0]),
        "\(line), in lanes \(found.vector[3])")
    }
    XCTAssertEqual(names, Set(Self.unaries.keys).union(Self.binaries.keys))
  }

  /// What C says of zeros, infinities, NaN, the ends of domains, and just beyond them.
  func testSpecialValues() throws {
    let positive = [
      0, .leastNonzeroMagnitude, 0x1p-1030, .leastNormalMagnitude, 1e-200, 1e-16, 0.5, 0.75,
      1.nextDown, 1, 1.nextUp,
      2, 3, 22, 28, 709.5, 709.9, 710.4, 710.5, 745.1, 746, 0x1p20, 0x1.8p20, 0x1p28, 0x1p52,
      0x1p53,
      0x1p53 - 1, 1e154, 1e200, .greatestFiniteMagnitude, .infinity, .nan,
    ]
    let numbers = positive + positive.map { -$0 }
    func check(_ found: Double, _ expected: Double, _ what: String) {
      // The C library is within 1 itself.
      XCTAssertLessThanOrEqual(
        ulpDistance(found, expected), 4, "\(what): \(found), not \(expected)")
      if expected == 0 { XCTAssertEqual(found.sign, expected.sign, "\(what): \(found)") }
    }
    for (name, f) in Self.unaries {
      let row = try XCTUnwrap(UnaryFunction(rawValue: name))
      for x in numbers { check(f(Lanes(x)).vector[5], row.value(x), "\(name)(\(x))") }
    }
    for (name, f) in Self.binaries {
      let row: BinaryFunction = name == "pow" ? .power : .atan2
      for x in numbers {
        for y in numbers {
          check(f(Lanes(x), Lanes(y)).vector[0], row.value(x, y), "\(name)(\(x), \(y))")
        }
      }
    }
  }

  /// A row's last numbers, which are no eight, have the bits that they have among eight; in place too,
  /// and nothing is written beyond.
  func testRowsOfEveryLength() {
    var generator = SeededGenerator(seed: 7)
    let x = (0..<300).map { _ in Double.random(in: 0.01...3, using: &generator) }
    let y = (0..<300).map { _ in Double.random(in: -3...3, using: &generator) }
    let large = x.enumerated().map { $0 % 50 == 30 ? 1e9 * $1 : $1 }
    typealias Row = (UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, Int) -> Void
    let rows: [(String, [Double], Row)] = [
      ("sin", large, leibniz_sin), ("erf", x, leibniz_erf), ("log", x, leibniz_log),
      ("exp", x, leibniz_exp), ("atan", x, leibniz_atan), ("tanh", x, leibniz_tanh),
      ("pow", large, { leibniz_pow($0, $1, y, $2) }),
    ]
    for (name, x, row) in rows {
      var whole = x
      row(&whole, x, x.count)
      for count in Array(0...40) + [63, 64, 65, 255, 256, 257, 299] {
        var part = x
        part.withUnsafeMutableBufferPointer { row($0.baseAddress, $0.baseAddress, count) }
        XCTAssertEqual(
          part.prefix(count).map(\.bitPattern), whole.prefix(count).map(\.bitPattern), name)
        XCTAssertEqual(Array(part[count...]), Array(x[count...]), "\(name) wrote beyond \(count)")
      }
    }
  }

  /// 20,000 points of each range against the C library, which is right to 1 unit itself.
  func testDenselyAgainstTheLibrary() throws {
    let ranges: [String: [ClosedRange<Double>]] = [
      "exp": [-1...1, -745...709.7], "expm1": [-1...1, -40...40], "log": [0.5...2, 1e-5...1e5],
      "log1p": [-0.99...1, 1...1e308], "sin": [-10...10, -1e6...1e6],
      "cos": [-10...10, -1e6...1e6],
      "tan": [-10...10, -1e6...1e6], "asin": [-1...1], "acos": [-1...1], "atan": [-3...3],
      "sinh": [-1...1, -710...710], "cosh": [-1...1, -710...710], "tanh": [-1...1, -30...30],
      "asinh": [-3...3, 1...1e308], "acosh": [1...3, 1...1e308], "atanh": [-1...1],
      "erf": [-1...1, -6...6], "erfc": [-1...1, -6...26],
    ]
    var generator = SeededGenerator(seed: 5)
    for (name, f) in Self.unaries.sorted(by: { $0.key < $1.key }) {
      let row = try XCTUnwrap(UnaryFunction(rawValue: name))
      for range in try XCTUnwrap(ranges[name]) {
        for _ in 0..<2500 {
          var x = SIMD8<Double>()
          for lane in 0..<8 { x[lane] = Double.random(in: range, using: &generator) }
          let y = f(Lanes(x)).vector
          for lane in 0..<8 where ulpDistance(y[lane], row.value(x[lane])) > units(name) + 1 {
            return XCTFail("\(name)(\(x[lane])): \(y[lane]) in lanes, \(row.value(x[lane])) alone")
          }
        }
      }
    }
  }
}
