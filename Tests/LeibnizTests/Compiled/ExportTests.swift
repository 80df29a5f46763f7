import Foundation
import LeibnizTools
import XCTest

@testable import Leibniz

final class ExportTests: XCTestCase {
  private func reference(_ name: String) throws -> String {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: tests.appendingPathComponent("Reference/\(name)"), encoding: .utf8)
  }

  private func network() throws -> (program: Program, model: MLP) {
    var generator = SeededGenerator(seed: 1)
    let model = MLP(inputs: 2, layers: [3, 1], activation: .relu, using: &generator)
    let x = [Value(0), Value(0)]
    let target = Value(0)
    let loss = (model(x)[0] - target).power(2)
    let program = try Program(loss, inputs: x + [target], parameters: model.parameters)
    return (program, model)
  }

  func testStableHLOOfASmallNetwork() throws {
    XCTAssertEqual(try network().program.stableHLO(), try reference("network_2_3_1.mlir"))
  }

  /// What the steps of a row give on plain numbers: one for each entry of a list, where they take it as
  /// a whole.
  private func value(of row: ElementaryRow, _ x: [Double]) -> Double {
    var results: [[Double]] = []
    func numbers(_ operand: ElementaryStep.Operand) -> [Double] {
      switch operand {
      case .number(let bits): [Double(bitPattern: bits)]
      case .argument(let i): row.isJoined ? x : [x[i]]
      case .step(let i): results[i]
      }
    }
    for step in row.steps {
      let x = step.operands.map(numbers)
      switch step.operation {
      case .total: results.append([x[0].reduce(0, +)])
      case .largest: results.append([x[0].reduce(-.infinity, BinaryFunction.maximum.value)])
      default:
        results.append(
          (0..<x.map(\.count).max()!).map { i in
            value(of: step.operation, x.map { $0.count == 1 ? $0[0] : $0[i] })
          })
      }
    }
    return numbers(row.result)[0]
  }

  private func value(of operation: ElementaryStep.Operation, _ x: [Double]) -> Double {
    switch operation {
    case .negate: -x[0]
    case .add: x[0] + x[1]
    case .subtract: x[0] - x[1]
    case .multiply: x[0] * x[1]
    case .divide: x[0] / x[1]
    case .choose: x[0] >= x[1] ? x[2] : x[3]
    case .magnitude: abs(x[0])
    case .sqrt: .sqrt(x[0])
    case .exp: .exp(x[0])
    case .log: .log(x[0])
    case .log1p: .log1p(x[0])
    case .expm1: .expm1(x[0])
    case .sin: .sin(x[0])
    case .cos: .cos(x[0])
    case .tan: .tan(x[0])
    case .asin: .asin(x[0])
    case .acos: .acos(x[0])
    case .atan: .atan(x[0])
    case .sinh: .sinh(x[0])
    case .cosh: .cosh(x[0])
    case .tanh: .tanh(x[0])
    case .asinh: .asinh(x[0])
    case .acosh: .acosh(x[0])
    case .atanh: .atanh(x[0])
    case .erf: .erf(x[0])
    case .erfc: .erfc(x[0])
    case .pow: .pow(x[0], x[1])
    case .atan2: .atan2(x[0], x[1])
    case .total, .largest: .nan  // of lists
    }
  }

  func testRowsAreTheStepsThatTheTableTakes() {
    var (rows, lists) = (ElementaryRows(), ElementaryRows(joinsLists: true))
    func check(_ opcode: Opcode, _ x: [Double], _ expected: Double, length: Int32 = 1) {
      let step = Instruction(
        opcode: opcode, counts: Instruction.Axes(1, 1, length),
        result: Instruction.Operand(9, .lane), a: Instruction.Operand(0, .lane))
      for row in [
        rows.row(of: step, known: [nil, nil, nil], []),
        lists.row(of: step, known: [nil, nil, nil], []),
      ] {
        let found = value(of: row, x)
        XCTAssertTrue(
          found == expected || found.isNaN && expected.isNaN,
          "\(opcode) at \(x): \(found), \(expected)")
      }
    }
    let numbers: [Double] = [
      0.3, -0.7, 0, -0.0, 2, -30, 800, .infinity, -.infinity, .nan, 0x1p-1074,
    ]
    for x in numbers {
      for f in UnaryFunction.allCases {
        check(.unary(f), [x], f.value(x))
        check(.slope(f), [x, f.value(x), 3], (f.derivative(x, f.value(x)) ?? 0) * 3)
      }
      for y in numbers {
        for f in BinaryFunction.allCases { check(.binary(f), [x, y], f.value(x, y)) }
        for f in NaryFunction.allCases where f != .select && f != .lookup {
          let list = [x, y, 0.5, -1]
          check(.nary(f), list, f.value(count: 4) { list[$0] }, length: 4)
        }
        check(.nary(.select), [x, y, 5], NaryFunction.select([x, y, 5]))
      }
    }
  }

  func testEveryRowIsWrittenInEachForm() throws {
    for f in UnaryFunction.allCases {
      let program = try Program(inputs: 1) { [Value.apply(f, $0[0] + 1)] }
      try checkForms(program, "\(f)")
    }
    for f in BinaryFunction.allCases {
      let program = try Program(inputs: 2) { [Value.apply(f, $0[0], $0[1])] }
      try checkForms(program, "\(f)", hasONNX: f != .atan2)
    }
    for f in NaryFunction.allCases {
      let program = try Program(inputs: 3) { [Value.apply(f, $0)] }
      try checkForms(program, "\(f)")
    }
  }

  private func checkForms(_ program: Program, _ name: String, hasONNX: Bool = true) throws {
    let all: ExportedResults = [.values, .meanLoss, .parameterGradient, .inputGradient]
    for text in [try program.stableHLO(all), try program.stableHLO(all, unjoinedLimit: -1)] {
      XCTAssertTrue(text.contains("return"), name)
      XCTAssertFalse(text.contains("nan") || text.contains("inf>") || text.contains("1e"), name)
    }
    for precision in ExportPrecision.allCases {
      for language in SourceLanguage.allCases {
        let text = try program.source(
          language, named: "f", precision: precision, gradients: [.inputs, .parameters])
        XCTAssertTrue(text.contains("gradient"), name)
      }
      if hasONNX { XCTAssertFalse(try program.onnx(precision: precision).isEmpty, name) }
    }
    if !hasONNX {
      XCTAssertThrowsError(try program.onnx()) {
        XCTAssertEqual($0 as? ExportError, .missingFunction("atan2", engine: "ONNX"))
      }
    }
  }

  func testLiterals() throws {
    let numbers = [.infinity, -.infinity, .nan, -0.0, 0x1p-1074, 1e-5, 1e300, 0.1]
    let program = try Program(inputs: 1) { x in numbers.map { x[0] * $0 } }
    let module = try program.stableHLO(.values)
    for text in [
      "0x7FF0000000000000", "0xFFF0000000000000", "0x7FF8000000000000", "-0.0", "5.0e-324",
      "1.0e-05", "1.0e+300", "0.1",
    ] { XCTAssertTrue(module.contains(text), "\(text) in \(module)") }
    let c = try program.source(.c)
    for text in ["INFINITY", "-INFINITY", "NAN", "-0.0", "5.0e-324", "1.0e-05"] {
      XCTAssertTrue(c.contains("= \(text);"), text)
    }
    let float = try program.source(.c, precision: .float)
    XCTAssertTrue(float.contains("0.1f"), float)
  }

  func testNames() throws {
    let (program, model) = try network()
    for name in ["", "2d", "a b", "naïve", "x;"] {
      XCTAssertThrowsError(try program.source(.c, named: name)) {
        XCTAssertEqual($0 as? ExportError, .invalidName(name))
      }
    }
    let tensors = model.tensors.prefixed(with: "a*/b\n")
    let text = try program.source(.c, named: "net", naming: tensors)
    XCTAssertTrue(text.contains("a* /b .layers.0.weight, 3 x 2: 0 + 3 * row + column"), text)
    let bytes = try program.onnx(naming: tensors)
    let name = Array("a*/b\n.layers.0.weight".utf8)
    XCTAssertTrue(bytes.indices.contains { bytes[$0...].starts(with: name) })
  }

  func testCustomOperations() throws {
    let code = CustomOperation(
      "cube", value: { $0[0] * $0[0] * $0[0] }, partials: { x, _ in [3 * x[0] * x[0]] })
    let program = try Program(inputs: 1) { [code($0)] }
    for action in [{ try program.stableHLO() }, { try program.source(.c) }] {
      XCTAssertThrowsError(try action()) {
        XCTAssertEqual($0 as? ExportError, .customOperation("cube"))
        XCTAssertTrue("\($0)".contains("cube"))
      }
    }
    let formula = CustomOperation(
      "cube", formula: { $0[0].power(3) }, partials: { x, _ in [3 * x[0] * x[0]] })
    XCTAssertEqual(formula([Value(2)]).data, 8)
    let written = try Program(inputs: 1) { [formula($0)] }
    let module = try written.stableHLO([.values, .meanLoss, .inputGradient])
    XCTAssertEqual(module.components(separatedBy: "stablehlo.multiply").count, 7, module)
  }

  func testSeveralOutputsHaveNoGradient() throws {
    let program = try Program(inputs: 2) { $0 }
    XCTAssertThrowsError(try program.stableHLO()) {
      XCTAssertEqual($0 as? ExportError, .severalOutputs(2))
    }
    XCTAssertFalse(try program.source(.c).contains("gradient("))
  }

  func testManyOperationsBecomeATable() throws {
    let program = try Program(inputs: 1) { x in
      var y = x[0]
      for i in 0..<2100 { y = i % 2 == 0 ? y.sin() : y.tanh() }
      return [y]
    }
    let module = try program.stableHLO()
    XCTAssertTrue(module.contains("operations did not join: a loop walks a table of"))
    XCTAssertLessThan(module.split(separator: "\n").count, 300)
  }

  func testEndings() throws {
    let (program, model) = try network()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for ending in ["mlir", "c", "swift", "onnx"] {
      let path = folder.appendingPathComponent("a-net.\(ending)").path
      try program.export(to: path, naming: model.tensors)
      try model.export(to: path, inputs: 2)
      XCTAssertFalse(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
    }
    XCTAssertThrowsError(try program.export(to: "net.txt")) {
      XCTAssertEqual($0 as? ExportError, .unknownEnding(path: "net.txt"))
    }
  }
}
