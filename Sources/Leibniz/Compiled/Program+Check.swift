extension Program {
  /// Compares the program with the code it was recorded from, run anew in eager mode for each sample.
  ///
  /// ```swift
  /// let program = try Program(inputs: 1) { x in x[0].data > 0 ? [x[0]] : [-x[0]] }
  /// try program.check(samples: Samples([[2], [-2]]))
  /// // throws: At sample 0 output 0 of the program is -2.0, but the code, recorded anew, gives 2.0: …
  /// ```
  ///
  /// - Parameters:
  ///   - samples: where to compare.
  ///   - tolerance: how far the numbers may differ, relative to their size.
  ///   - recording: the code; by default the closure that the program was made from.
  /// - Throws: ``ProgramError/differsFromRecording(sample:output:expected:found:)`` at the first sample
  ///   where they differ; ``ProgramError/wrongSampleWidth(expected:found:sample:)``.
  /// - Precondition: The program was made from a closure, or `recording` is given.
  /// - Complexity: One recording for each sample.
  public func check(
    samples: Samples, tolerance: Double = 1e-9, recording: ((_ inputs: [Value]) -> [Value])? = nil
  ) throws(ProgramError) {
    guard let recording = recording ?? self.recording else {
      stop(
        "A program that was not made from a closure has to be checked against a recording: pass one."
      )
    }
    let found = try self(samples)
    for sample in 0..<samples.count {
      let expected = recording(samples[sample].map { Value($0) })
      for (output, (expected, found)) in zip(expected, found[sample]).enumerated() {
        let difference = (expected.data - found).magnitude
        let isSame = expected.data == found || (expected.data.isNaN && found.isNaN)
        guard isSame || difference <= tolerance * max(1, expected.data.magnitude) else {
          throw .differsFromRecording(
            sample: sample, output: output, expected: expected.data, found: found)
        }
      }
    }
  }
}
