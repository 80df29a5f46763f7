import XCTest

@testable import Leibniz

/// Every row at zeros, ties, subnormals, ±1e200, ±1e308, infinities and NaN: values within 4, first
/// derivatives within 8 and second ones within 32 units in the last place of numbers computed with
/// 50 digits, or limits and conventions. Where the true number over- or underflows, the references say
/// ±∞ or 0.
final class ExtremesTests: XCTestCase {
  func testValuesAndGradients() throws {
    for reference in try ExtremeReference.all() {
      let x = reference.x.map { Value($0) }
      let y = try reference.function()(x)
      y.backward()
      reference.check(y.data, 0, within: 4, "backward")
      for i in x.indices { reference.check(x[i].grad, 1 + i, within: 8, "backward") }
    }
  }

  /// By recorded gradients, which simplify, and by the rules as they are, through dual numbers.
  func testSecondDerivatives() throws {
    for reference in try ExtremeReference.all() {
      let f = try reference.function()
      let x = reference.x.map { Value($0) }
      let gradient = gradients(of: f(x), withRespectTo: x)
      for i in x.indices { reference.check(gradient[i].data, 1 + i, within: 8, "recorded") }
      for (place, (i, j)) in reference.secondPlaces.enumerated() {
        x.forEach { $0.zeroGrad() }
        gradient[i].backward()
        reference.check(x[j].grad, 1 + x.count + place, within: 32, "recorded")
        let direction = x.indices.map { $0 == i ? 1.0 : 0 }
        let product = hessianVectorProduct(at: reference.x, direction: direction, of: f)
        reference.check(product[j], 1 + x.count + place, within: 32, "forward over reverse")
      }
    }
  }

  /// The same functions in lanes, which have elementary functions of their own.
  func testPrograms() throws {
    let references = try ExtremeReference.all()
    let groups = Dictionary(grouping: references) { "\($0.kind) \($0.name) \($0.x.count)" }
    for references in groups.values {
      let x = references[0].x.map { Value($0) }
      let y = try references[0].function()(x)
      let batch = references.map(\.x)
      let program = try Program(y, inputs: x)
      let values = program(batch)
      let slopes = try program.inputGradients(program.samples(batch))
      let gradient = gradients(of: y, withRespectTo: x)
      let places = x.indices.filter { !gradient[$0].isConstant }
      let recorded =
        places.isEmpty ? [] : try Program(outputs: places.map { gradient[$0] }, inputs: x)(batch)
      for (i, reference) in references.enumerated() {
        reference.check(values[i][0], 0, within: 4, "program")
        for j in x.indices {
          reference.check(slopes[i][j], 1 + j, within: 8, "program")
        }
        for (output, j) in places.enumerated() {
          reference.check(recorded[i][output], 1 + j, within: 8, "recorded, program")
        }
      }
    }
  }

  /// A row without references, or with none where wrong rows are wrong, has no place in the table.
  func testEveryRowHasReferences() throws {
    let references = try ExtremeReference.all()
    func points(_ kind: String, _ name: String) -> [[Double]] {
      references.filter { $0.kind == kind && $0.name == name }.map(\.x)
    }
    for f in UnaryFunction.allCases {
      let points = points("unary", f.rawValue).flatMap { $0 }
      XCTAssertTrue(points.contains(where: \.isNaN), "\(f)")
      XCTAssertTrue(points.contains(.infinity) && points.contains(-.infinity), "\(f)")
      if f != .acosh { XCTAssertTrue(points.contains(.leastNonzeroMagnitude), "\(f)") }
      XCTAssertTrue(points.count >= 10, "\(f)")
    }
    for f in BinaryFunction.allCases {
      let points = points("binary", f.rawValue)
      XCTAssertTrue(points.contains { $0[0] == $0[1] }, "ties of \(f)")
      XCTAssertTrue(points.contains { $0.contains(1e200) && $0.contains(1e-200) }, "\(f)")
      XCTAssertTrue(points.contains { $0.contains { $0.isSubnormal } }, "\(f)")
    }
    for f in NaryFunction.allCases {
      let points = points("nary", f.rawValue)
      XCTAssertTrue(points.contains { $0.allSatisfy { $0 == 0 } }, "\(f)")
      XCTAssertTrue(points.contains { $0.contains { $0.isSubnormal } }, "\(f)")
      for extreme in [1e200, -1e200, .infinity] {
        XCTAssertTrue(points.contains { $0.contains(extreme) }, "\(f) at \(extreme)")
      }
      XCTAssertTrue(points.contains { $0.contains(where: \.isNaN) }, "\(f) of NaN")
      if f != .select && f != .lookup {
        XCTAssertTrue(points.contains { $0.count == 1 }, "\(f) of one")
      }
    }
  }
}
