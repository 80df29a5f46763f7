import Leibniz
import XCTest

@testable import PlaygroundModel

final class ParsedFormulaTests: XCTestCase {
  private func value(_ text: String, _ numbers: [String: Double] = [:]) throws -> Double {
    try ParsedFormula(text) { numbers[$0] ?? .nan }.output.data
  }

  func testPrecedence() throws {
    XCTAssertEqual(try value("1 + 2*3"), 7)
    XCTAssertEqual(try value("(1 + 2)*3"), 9)
    XCTAssertEqual(try value("8/4/2"), 1)
    XCTAssertEqual(try value("1 - 2 - 3"), -4)
    XCTAssertEqual(try value("-2^2"), -4)
    XCTAssertEqual(try value("2^3^2"), 512)
    XCTAssertEqual(try value("2^-1"), 0.5)
    XCTAssertEqual(try value("--3"), 3)
    XCTAssertEqual(try value("2·3 × 4 ÷ 6 − 1"), 3)
  }

  func testNumbers() throws {
    for text in ["0.5", ".5", "5e-1", "50E-2", "0.05e1"] { XCTAssertEqual(try value(text), 0.5) }
    XCTAssertEqual(try value("1e400"), .infinity)
    XCTAssertEqual(try value("6.8813735870195432"), 6.8813735870195432, accuracy: 1e-15)
  }

  func testEveryUnaryFunctionIsCalledByItsName() throws {
    for function in UnaryFunction.allCases {
      let x = function.domain.lowerBound + 0.2
      let found = try value("\(function.rawValue)(x)", ["x": x])
      XCTAssertEqual(found, .apply(function, x), function.rawValue)
    }
  }

  func testFunctionsOfSeveralArguments() throws {
    XCTAssertEqual(try value("pow(2, 3)"), 8)
    XCTAssertEqual(try value("max(2, 3) + min(2, 3)"), 5)
    XCTAssertEqual(try value("sum(1, 2, 3) + mean(2, 4)"), 9)
    XCTAssertEqual(try value("logSumExp(0, 0)"), Double(2).log(), accuracy: 1e-15)
  }

  func testVariablesAreMetInOrderAndOnce() throws {
    let formula = try ParsedFormula("b*a + a_1*b") { _ in 2 }
    XCTAssertEqual(formula.variables.map(\.label), ["b", "a", "a_1"])
    XCTAssertEqual(formula.output.data, 8)
  }

  func testNumbersCostNoNode() throws {
    let formula = try ParsedFormula("2*x + 1") { _ in 3 }
    XCTAssertEqual(formula.output.children.count, 1)
    XCTAssertEqual(formula.output.children[0].children.count, 1)
  }

  func testDefinitionsNameTheNodesAndTheLastOneCounts() throws {
    let formula = try ParsedFormula("e = a*b; d = e + c; L = d*f;") {
      ["a": 2, "b": -3, "c": 10, "f": -2][$0]!
    }
    formula.output.backward()
    XCTAssertEqual(formula.output.label, "L")
    XCTAssertEqual(formula.output.children.map(\.label), ["d", "f"])
    XCTAssertEqual(formula.variables.map(\.grad), [6, -4, -2, 4])
    XCTAssertEqual(try value("c = 2*x; c = c + c; c*c", ["x": 1]), 16)
  }

  func testTheExpressionOfMicrograd() throws {
    let text = """
      c = a + b; d = a*b + b^3; c = c + c + 1; c = c + 1 + c - a; d = d + d*2 + relu(b + a);
      d = d + 3*d + relu(b - a); e = c - d; f = e^2; g = f/2 + 10/f
      """
    let formula = try ParsedFormula(text) { ["a": -4, "b": 2][$0]! }
    formula.output.backward()
    XCTAssertEqual(formula.output.data, 24.7041, accuracy: 5e-5)
    XCTAssertEqual(formula.variables[0].grad, 138.8338, accuracy: 5e-5)
    XCTAssertEqual(formula.variables[1].grad, 645.5773, accuracy: 5e-5)
  }

  func testErrorsPointAtTheCharacter() {
    let cases: [(String, Int)] = [
      ("", 0), ("a +", 3), ("a + * b", 4), ("(a", 2), ("a)", 1), ("a b", 2), ("1.5.2", 3),
      ("tanh()", 0),
      ("tanh(a, b)", 0), ("foo(a)", 0), ("max(a)", 0), ("sum()", 0), ("2 $ 3", 2), (".", 0),
      ("1e+", 3),
      ("x = ", 4), ("a = b = c", 6),
    ]
    for (text, position) in cases {
      XCTAssertThrowsError(try value(text), text) {
        XCTAssertEqual(($0 as? FormulaError)?.position, position, "\(text): \($0)")
        XCTAssertFalse(($0 as? FormulaError)?.reason.isEmpty ?? true)
      }
    }
  }

  func testDeepNestingIsAnError() {
    for open in ["(", "-", "exp(", "2^"] {
      XCTAssertThrowsError(try value(String(repeating: open, count: 100_000) + "1")) {
        XCTAssertTrue("\($0)".contains("nested"), "\($0)")
      }
    }
  }

  func testRandomTextEndsInAValueOrAnError() {
    var generator = SeededGenerator(seed: 5)
    let characters = Array("ab1.(+)-*/^,;= exptanhsum−·é")
    for _ in 0..<20_000 {
      let count = Int.random(in: 0..<12, using: &generator)
      let text = String((0..<count).map { _ in characters.randomElement(using: &generator)! })
      do {
        _ = try ParsedFormula(text) { _ in 1 }
      } catch {
        XCTAssertTrue((0...text.unicodeScalars.count).contains(error.position), text)
      }
    }
  }
}
