// How mistakes of the programmer end: with a sentence, in release builds too, where `precondition`
// dies without its own. Embedded Swift has nowhere to print one, and traps.

/// Stops the program with a sentence where a condition does not hold.
@inline(__always)
package func require(
  _ condition: Bool, _ sentence: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { stop(sentence(), file: file, line: line) }
}

/// Stops the program where the factors of a dot product are not pairs.
@inline(__always)
func requireEqualLengths(_ a: Int, _ b: Int) {
  require(a == b, "The factors of a dot product differ in length: \(a) and \(b).")
}

/// A count with its noun: "1 number", "2 numbers".
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// The product of the lengths of a shape; `nil` where one is negative, or the product too large.
package func elementCount(of shape: [Int]) -> Int? {
  var count = 1
  for length in shape {
    let (product, overflows) = count.multipliedReportingOverflow(by: length)
    guard length >= 0, !overflows else { return nil }
    count = product
  }
  return count
}

/// Stops the program with a sentence.
@inline(never)
package func stop(
  _ sentence: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
  #if hasFeature(Embedded)
    fatalError()
  #else
    fatalError(sentence(), file: file, line: line)
  #endif
}
