import XCTest

/// How many representable numbers lie between two numbers; zero where both are not numbers, and for
/// the two zeros.
func ulpDistance(_ x: Double, _ y: Double) -> UInt64 {
  if x.isNaN || y.isNaN { return x.isNaN && y.isNaN ? 0 : .max }
  // Counted from zero, the bit patterns of the positive and the negative numbers are one scale.
  func place(_ x: Double) -> Int64 {
    let magnitude = Int64(bitPattern: x.magnitude.bitPattern)
    return x.sign == .minus ? -magnitude : magnitude
  }
  let (distance, overflow) = place(x).subtractingReportingOverflow(place(y))
  return overflow ? .max : distance.magnitude
}

/// Checks that |actual − expected| ≤ tolerance · max(|expected|, floor): a relative error, except
/// near the zeros of a function, where nothing has one.
func assertClose(
  _ actual: Double, _ expected: Double, relative tolerance: Double, floor: Double = 0.01,
  _ what: @autoclosure () -> String, file: StaticString = #filePath, line: UInt = #line
) {
  // Written so that a number that is not one fails.
  if !((actual - expected).magnitude <= tolerance * max(expected.magnitude, floor)) {
    XCTFail("\(what()): \(actual) instead of \(expected)", file: file, line: line)
  }
}
