import Leibniz
import XCTest

/// PyTorch's numbers by name.
let reference: [String: [Double]] = Dictionary(
  uniqueKeysWithValues: trainingReferences.split(separator: "\n").map { line in
    let words = line.split(separator: " ")
    return (String(words[0]), words.dropFirst().map { Double($0)! })
  })

/// Checks numbers against PyTorch's to 1e-10.
func assertReference(
  _ numbers: [Double], _ name: String, file: StaticString = #filePath, line: UInt = #line
) {
  guard let expected = reference[name], expected.count == numbers.count else {
    return XCTFail("No \(numbers.count) numbers for \(name)", file: file, line: line)
  }
  for (i, pair) in zip(numbers, expected).enumerated() {
    assertClose(
      pair.0, pair.1, relative: 1e-10, floor: 1, "\(name)[\(i)]", file: file, line: line)
  }
}

/// What optimisers are compared with PyTorch's on, a function of three variables.
func optimizationProblem(_ x: [Value]) -> Value {
  (1 - x[0]).power(2) + 10 * (x[1] - x[0] * x[0]).power(2) + 0.5 * x[2].sin() * x[2]
}
