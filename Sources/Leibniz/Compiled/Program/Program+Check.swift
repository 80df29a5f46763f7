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
  ///   where they differ by more than rounding; ``ProgramError/noRecording`` if the program was not
  ///   made from a closure and `recording` is not given;
  ///   ``ProgramError/notFinite(sample:operation:label:number:isGradient:)`` if there is no number to
  ///   compare, but NaN at all samples;
  ///   ``ProgramError/wrongSampleWidth(expected:found:sample:)``.
  /// - Complexity: One recording for each sample.
  public func check(
    samples: Samples, tolerance: Double = 1e-9, recording: ((_ inputs: [Value]) -> [Value])? = nil
  ) throws(ProgramError) {
    guard let recording = recording ?? self.recording else { throw .noRecording }
    let found = try self(samples)
    if samples.count > 0, found.allSatisfy({ $0.allSatisfy { $0.isNaN } }) {
      throw .notFinite(
        sample: 0, operation: "output 0", label: "", number: .nan, isGradient: false)
    }
    for sample in 0..<samples.count {
      let inputs = samples[sample].map { Value($0) }
      let expected = recording(inputs)
      for (output, (expected, found)) in zip(expected, found[sample]).enumerated()
      where !isClose(found, expected.data, tolerance * max(1, expected.data.magnitude))
        // Another order of a sum that cancels is not another branch.
        && !isClose(found, expected.data, expected.roundingError)
      {
        throw .differsFromRecording(
          sample: sample, output: output, expected: expected.data, found: found)
      }
    }
  }

  private func isClose(_ found: Double, _ expected: Double, _ distance: Double) -> Bool {
    // An infinity is close to itself alone, and an infinite distance is none.
    expected == found || (expected.isNaN && found.isNaN)
      || expected.isFinite && distance.isFinite && (expected - found).magnitude <= distance
  }
}
