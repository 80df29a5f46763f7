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
