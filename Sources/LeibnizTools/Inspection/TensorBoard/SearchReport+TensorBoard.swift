import Leibniz

extension SearchReport {
  /// Writes the settings and their losses for TensorBoard's page of hyperparameters.
  ///
  /// ```swift
  /// func write(_ report: SearchReport) throws {
  ///   try report.writeTensorBoard(to: "runs/search")  // then: tensorboard --logdir runs/search
  /// }
  /// ```
  ///
  /// Each repetition is a session in a folder of its own; those of the same settings are one group,
  /// whose losses TensorBoard averages.
  ///
  /// - Throws: ``FileError`` naming the file that cannot be written.
  ///
  /// Source: TensorBoard's `plugins/hparams/plugin_data.proto` and `api.proto`.
  public func writeTensorBoard(to directory: String) throws(FileError) {
    let writer = try TensorBoardWriter(directory: directory)
    try writer.writeHyperparameters("experiment") { data in
      data.add(2) { experiment in
        for (name, range) in ranges {
          experiment.add(4) { $0.describe(name, range) }
        }
        experiment.add(5) { metric in
          metric.add(1) { $0.add(2, SearchReport.lossTag) }
          metric.add(3, "validation loss")
          metric.add(5, 2)  // of the validation
        }
      }
    }
    for row in rows {
      for (repetition, loss) in row.losses.enumerated() {
        try write(row, repetition, loss, to: "\(directory)/\(row.index)-\(repetition)")
      }
    }
  }

  private static let lossTag = "loss/validation"

  private func write(
    _ row: Row, _ repetition: Int, _ loss: Double, to directory: String
  ) throws(FileError) {
    let writer = try TensorBoardWriter(directory: directory)
    try writer.writeHyperparameters("session_start_info") { data in
      data.add(3) { session in
        for (range, value) in zip(ranges, row.settings.values) {
          session.add(1) { entry in
            entry.add(1, range.name)
            entry.add(2) { $0.add(value, of: range.range) }
          }
        }
        session.add(4, "\(row.index)")
        session.add(5, secondsSince1970())
      }
    }
    try writer.writeScalar(SearchReport.lossTag, loss, step: row.epochs)
    try writer.writeHyperparameters("session_end_info") { data in
      data.add(4) { end in
        end.add(1, loss.isFinite ? 1 : 2)  // success or failure
        end.add(2, secondsSince1970())
      }
    }
  }
}

extension ProtocolBuffer {
  /// The type and the domain of a setting.
  fileprivate mutating func describe(_ name: String, _ range: HyperparameterRange) {
    add(1, name)
    if case .choices(let names) = range {
      add(4, 1)  // a text
      add(5) { list in
        for choice in names.indices { list.add(1) { $0.add(Double(choice), of: range) } }
      }
    } else {
      add(4, 3)  // a number
      add(6) { interval in
        interval.add(1, range.value(at: 0))
        interval.add(2, range.value(at: 1))
      }
    }
  }

  /// The value of a setting: of a choice, its name.
  fileprivate mutating func add(_ value: Double, of range: HyperparameterRange) {
    if case .choices = range { add(3, range.text(value)) } else { add(2, value) }
  }
}

extension TensorBoardWriter {
  /// Writes a message of the plugin for hyperparameters, which it looks for in the description of a
  /// tensor that says nothing itself.
  fileprivate func writeHyperparameters(
    _ name: String, _ build: (inout ProtocolBuffer) -> Void
  ) throws(FileError) {
    try writeSummary("_hparams_/\(name)", 0) { value in
      value.add(9) { metadata in
        metadata.add(1) { plugin in
          plugin.add(1, "hparams")
          plugin.add(2, build)
        }
      }
      value.add(8) { tensor in
        tensor.add(1, 1)  // of numbers of 32 bits
        tensor.add(2) { shape in shape.add(2) { $0.add(1, 1) } }
        tensor.add(5, [0, 0, 0, 0] as [UInt8])
      }
    }
  }
}
