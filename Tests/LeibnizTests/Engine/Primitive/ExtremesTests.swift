import XCTest

@testable import Leibniz

/// Values within 4 and derivatives within 8 units in the last place of references computed with 50
/// digits, at ±10⁻³⁰⁰, ±10⁻¹⁶, ±1, ±40, ±745 and ±1000. Where the true number over- or underflows,
/// the references say ±∞ or 0.
final class ExtremesTests: XCTestCase {
  func testValuesAndDerivatives() throws {
    for reference in try ExtremeReference.all() {
      let x = Value(reference.x)
      let y = reference.function(x)
      y.backward()
      reference.check(value: y.data, slope: x.grad)
    }
  }

  /// The same functions in lanes, which have elementary functions of their own.
  func testValuesAndDerivativesOfPrograms() throws {
    let references = try ExtremeReference.all()
    for (_, references) in Dictionary(grouping: references, by: \.name) {
      let x = Value(1)
      let program = try Program(references[0].function(x), inputs: [x])
      let batch = references.map { [$0.x] }
      let values = program(batch)
      let slopes = try program.inputGradients(program.samples(batch))
      for (i, reference) in references.enumerated() {
        reference.check(value: values[i][0], slope: slopes[i][0])
      }
    }
  }
}

/// A line of the reference table.
struct ExtremeReference {
  let name: String
  let x: Double
  let value: Double
  let slope: Double
  let function: (Value) -> Value

  static func all() throws -> [ExtremeReference] {
    let references = try extremeReferences.split(separator: "\n").map { line in
      let fields = line.split(separator: " ").map(String.init)
      let numbers = try fields.dropFirst().map { try XCTUnwrap(Double($0)) }
      return ExtremeReference(
        name: fields[0], x: numbers[0], value: numbers[1], slope: numbers[2],
        function: try function(named: fields[0]))
    }
    XCTAssertGreaterThan(references.count, 300)
    return references
  }

  private static func function(named name: String) throws -> (Value) -> Value {
    switch name {
    case "elu": return { $0.elu(alpha: 1) }
    case "logSumExp": return { .logSumExp([$0, Value(0)]) }
    case "crossEntropyOfLabel":
      return { softmaxCrossEntropy(logits: [$0, Value(0)], label: 0) }
    case "crossEntropyOfOther":
      return { softmaxCrossEntropy(logits: [$0, Value(0)], label: 1) }
    case "power3": return { $0.power(3) }
    case "power-2": return { $0.power(-2) }
    case "power0.5": return { $0.power(0.5) }
    case "power-1.5": return { $0.power(-1.5) }
    case "powerOf2": return { pow(2, $0) }
    default:
      let row = try XCTUnwrap(UnaryFunction(rawValue: name))
      return { .apply(row, $0) }
    }
  }

  func check(value: Double, slope: Double, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertLessThanOrEqual(
      ulpDistance(value, self.value), 4, "\(name)(\(x)) is \(value) instead of \(self.value)",
      file: file, line: line)
    XCTAssertLessThanOrEqual(
      ulpDistance(slope, self.slope), 8, "\(name)′(\(x)) is \(slope) instead of \(self.slope)",
      file: file, line: line)
  }
}
