import Foundation
import XCTest

@testable import Leibniz

/// A line of `Tests/Reference/extremes.txt`: a row of the table at one point, with numbers that are
/// right to the last bit, limits and conventions. The script beside that file describes its lines.
struct ExtremeReference {
  let kind: String
  let name: String
  let x: [Double]
  /// f, then the first derivatives, then the second ones, of one and two arguments; `nil` is untold.
  let expected: [Double?]

  static func all() throws -> [ExtremeReference] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appendingPathComponent("Reference/extremes.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return try lines.map { try ExtremeReference($0.split(separator: " ").map(String.init)) }
  }

  private init(_ words: [String]) throws {
    (kind, name) = (words[0], words[1])
    let numbers = words.dropFirst(2).map { Double($0) }  // "-" is none
    let start = kind == "nary" ? 1 : 0
    let count = kind == "nary" ? Int(words[2])! : kind == "binary" ? 2 : 1
    x = try numbers[start..<start + count].map { try XCTUnwrap($0) }
    expected = Array(numbers[(start + count)...])
  }

  /// The row, or the formula built of rows.
  func function() throws -> ([Value]) -> Value {
    switch kind {
    case "unary":
      let row = try XCTUnwrap(UnaryFunction(rawValue: name))
      return { .apply(row, $0[0]) }
    case "binary":
      let row = try XCTUnwrap(BinaryFunction(rawValue: name))
      return { .apply(row, $0[0], $0[1]) }
    case "nary":
      let row = try XCTUnwrap(NaryFunction(rawValue: name))
      return { .apply(row, $0) }
    default: return try XCTUnwrap(Self.formulas[name])
    }
  }

  private static let formulas: [String: @Sendable ([Value]) -> Value] = [
    "power3": { $0[0].power(3) }, "power-2": { $0[0].power(-2) },
    "power0.5": { $0[0].power(0.5) }, "power-1.5": { $0[0].power(-1.5) },
    "powerOf2": { pow(2, $0[0]) },
    "crossEntropyOfLabel": { softmaxCrossEntropy(logits: [$0[0], Value(0)], label: 0) },
    "crossEntropyOfOther": { softmaxCrossEntropy(logits: [$0[0], Value(0)], label: 1) },
  ]

  /// The places of the second derivatives among the arguments, in the order of the line.
  var secondPlaces: [(Int, Int)] {
    switch kind {
    case "nary": []
    case "binary": [(0, 0), (0, 1), (1, 1)]
    default: [(0, 0)]
    }
  }

  /// Checks one number of the line: `place` 0 is the value.
  func check(
    _ actual: Double, _ place: Int, within units: UInt64, _ how: String,
    file: StaticString = #filePath, line: UInt = #line
  ) {
    guard let expected = expected[place] else { return }
    XCTAssertLessThanOrEqual(
      ulpDistance(actual, expected), units,
      "\(kind) \(name) at \(x), number \(place), \(how): \(actual) instead of \(expected)",
      file: file, line: line)
  }
}
