import XCTest

@testable import Leibniz

/// Values within 4 and derivatives within 8 units in the last place of references computed with 50
/// digits, at ±10⁻³⁰⁰, ±10⁻¹⁶, ±1, ±40, ±745 and ±1000. Where the true number over- or underflows,
/// the references say ±∞ or 0.
final class ExtremesTests: XCTestCase {
  /// The functions by the names in the reference table.
  private let functions: [Substring: (Value) -> Value] = [
    "elu": { $0.elu(alpha: 1) },
    "logSumExp": { .logSumExp([$0, Value(0)]) },
    "crossEntropyOfLabel": { softmaxCrossEntropy(logits: [$0, Value(0)], label: 0) },
    "crossEntropyOfOther": { softmaxCrossEntropy(logits: [$0, Value(0)], label: 1) },
    "power3": { $0.power(3) },
    "power-2": { $0.power(-2) },
    "power0.5": { $0.power(0.5) },
    "power-1.5": { $0.power(-1.5) },
    "powerOf2": { pow(2, $0) },
  ]

  func testValuesAndDerivatives() throws {
    let lines = extremeReferences.split(separator: "\n")
    XCTAssertGreaterThan(lines.count, 300)
    for line in lines {
      let fields = line.split(separator: " ")
      let numbers = try fields.dropFirst().map { try XCTUnwrap(Double($0)) }
      let function =
        try functions[fields[0]] ?? { [f = try XCTUnwrap(Unary(rawValue: "\(fields[0])"))] in
          .apply(f, $0)
        }
      let x = Value(numbers[0])
      let y = function(x)
      y.backward()
      let what = "\(fields[0]) at \(numbers[0])"
      XCTAssertLessThanOrEqual(
        ulpDistance(y.data, numbers[1]), 4, "\(what): \(y.data) instead of \(numbers[1])")
      XCTAssertLessThanOrEqual(
        ulpDistance(x.grad, numbers[2]), 8, "\(what): slope \(x.grad) instead of \(numbers[2])")
    }
  }
}
