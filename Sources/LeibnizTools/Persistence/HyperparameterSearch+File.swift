import Leibniz

extension HyperparameterSearch {
  /// Runs all trials and stores what each gave in a file; interrupted, it goes on from there.
  ///
  /// ```swift
  /// func searched(_ search: HyperparameterSearch) async throws -> SearchReport {
  ///   try await search.run(storedIn: "search.txt") { trial in
  ///     trial.settings["x"] * trial.settings["x"]  // a training, and its validation loss
  ///   }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - path: the file; a new one, or one that the same search wrote.
  ///   - limit: how many trials may run at once; by default as many as there are cores.
  ///   - isolation: the actor that the caller is on.
  ///   - trial: trains from the beginning and gives the validation loss.
  /// - Throws: ``FileError`` where the file cannot be read or written, or is of another search; else as
  ///   ``run(atOnce:resuming:isolation:record:_:)``.
  public func run(
    storedIn path: String, atOnce limit: Int? = nil,
    isolation: isolated (any Actor)? = #isolation,
    _ trial: @escaping @Sendable (Trial) async throws -> Double
  ) async throws -> SearchReport {
    try requireWritable(path)
    var text = head
    var known: [Record] = []
    if let file = try? SystemFile(reading: path) {
      (known, text) = try stored(in: file, path)
    }
    return try await run(
      atOnce: limit, resuming: known, isolation: isolation,
      record: { record in
        text += "\(record.index) \(record.epochs) \(record.repetition) \(record.loss)\n"
        try text.utf8.writeWhole(to: path)
      }, trial)
  }

  /// What the search is, in the file's first line.
  private var head: String {
    let names = ranges.map { "\($0.name): \($0.range)" }.joined(separator: ", ")
    return "search of \(names); \(strategy), \(epochs) epochs, \(repetitions) repetitions, "
      + "seed \(seed)\n"
  }

  /// The records of a file, and its text.
  private func stored(
    in file: SystemFile, _ path: String
  ) throws(FileError) -> ([Record], String) {
    let text: String
    do {
      text = String(decoding: try file.readToEnd(), as: UTF8.self)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    guard text.hasPrefix(head) else {
      throw .malformed(path: path, line: 1, reason: "this is no file of the same search")
    }
    let lines = text.dropFirst(head.count).split(separator: "\n", omittingEmptySubsequences: false)
    var records: [Record] = []
    for (number, line) in lines.dropLast().enumerated() {
      let words = line.split(separator: " ")
      guard words.count == 4, let index = Int(words[0]), let epochs = Int(words[1]),
        let repetition = Int(words[2]), let loss = Double(words[3]), !loss.isNaN
      else {
        throw .malformed(
          path: path, line: number + 2,
          reason: "expected index, epochs, repetition and loss, found '\(line.prefix(40))'")
      }
      records.append(Record(index: index, epochs: epochs, repetition: repetition, loss: loss))
    }
    return (records, text)
  }
}
