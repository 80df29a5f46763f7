import Leibniz

/// Writes the event files that TensorBoard displays.
///
/// ```swift
/// let board = try TensorBoardWriter(directory: "runs/first")
/// trainer.afterEpoch = { trainer in
///   try board.writeScalar("loss/train", trainer.history.last!.loss, step: trainer.progress.epoch)
///   try board.writeHistograms(of: trainer.model, step: trainer.progress.epoch)
/// }
/// // then: tensorboard --logdir runs
/// ```
///
/// Every call adds one record to the end of the file; what was written before an interruption stays
/// readable.
///
/// Source: TensorFlow's `event.proto`, `summary.proto` and `record_writer.h`.
public final class TensorBoardWriter {
  /// The event file.
  public let path: String
  private let file: SystemFile

  /// Begins a new event file in a directory, which is made if it is not there.
  public init(directory: String) throws(FileError) {
    let ownName = String(UInt64.random(in: .min ... .max), radix: 16)
    path = "\(directory)/events.out.tfevents.\(Int(secondsSince1970())).\(ownName)"
    do {
      file = try SystemFile(creating: path)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
    try write { $0.add(3, "brain.Event:2") }
  }

  /// Adds a point to the curve named `tag`; the part of the name before a `/` groups curves.
  ///
  /// TensorBoard keeps numbers in single precision.
  public func writeScalar(_ tag: String, _ value: Double, step: Int) throws(FileError) {
    try writeSummary(tag, step) { $0.add(2, Float(value)) }
  }

  /// Writes the distribution of numbers. Those that are not finite are omitted.
  public func writeHistogram(_ tag: String, _ values: [Double], step: Int) throws(FileError) {
    let values = values.filter(\.isFinite)
    guard let smallest = values.min(), let largest = values.max() else { return }
    let bins = Histogram(values, bins: 30)
    try writeSummary(tag, step) { value in
      value.add(5) { histogram in
        histogram.add(1, smallest)
        histogram.add(2, largest)
        histogram.add(3, Double(values.count))
        histogram.add(4, values.reduce(0, +))
        histogram.add(5, values.reduce(0) { $0 + $1 * $1 })
        histogram.add(6, Array(bins.edges.dropFirst()))
        histogram.add(7, bins.counts.map(Double.init))
      }
    }
  }

  /// Writes the distributions of a model's weights and gradients, tensor by tensor.
  public func writeHistograms(of model: some Module, step: Int) throws(FileError) {
    for tensor in model.tensors where tensor.isTrained {
      try writeHistogram("weights/\(tensor.name)", tensor.values.map(\.data), step: step)
      try writeHistogram("gradients/\(tensor.name)", tensor.values.map(\.grad), step: step)
    }
  }

  /// Writes the distributions of the activations of modules applied one after the other.
  public func writeActivations(
    of modules: [any Module], on samples: [[Double]], step: Int
  ) throws(FileError) {
    for (place, outputs) in activationsByModule(modules, samples).enumerated() {
      try writeHistogram("activations/\(place)", Array(outputs.joined()), step: step)
    }
  }

  /// Writes a text, which may contain Markdown.
  public func writeText(_ tag: String, _ text: String, step: Int) throws(FileError) {
    try writeSummary(tag, step) { value in
      value.add(9) { metadata in metadata.add(1) { $0.add(1, "text") } }
      value.add(8) { tensor in
        tensor.add(1, 7)  // of strings
        tensor.add(2) { shape in shape.add(2) { $0.add(1, 1) } }
        tensor.add(8, text)
      }
    }
  }

  /// Writes a grey image: rows of brightness in 0…1, from the top, all of one length.
  public func writeImage(_ tag: String, _ rows: [[Double]], step: Int) throws(FileError) {
    let width = rows.first?.count ?? 0
    require(
      width > 0 && rows.allSatisfy { $0.count == width },
      "An image needs rows of one length, which is not 0; these have \(rows.map(\.count)).")
    try writeSummary(tag, step) { value in
      value.add(4) { image in
        image.add(1, rows.count)
        image.add(2, width)
        image.add(3, 1)  // grey
        image.add(4, PNG(rows: rows).bytes)
      }
    }
  }

  /// Writes what a tag has at a step.
  func writeSummary(
    _ tag: String, _ step: Int, _ build: (inout ProtocolBuffer) -> Void
  ) throws(FileError) {
    try write { event in
      event.add(2, step)
      event.add(5) { summary in
        summary.add(1) { value in
          value.add(1, tag)
          build(&value)
        }
      }
    }
  }

  /// Adds an event as a record: its length, a check of the length, the bytes, a check of the bytes.
  private func write(_ build: (inout ProtocolBuffer) -> Void) throws(FileError) {
    var event = ProtocolBuffer()
    event.add(1, secondsSince1970())
    build(&event)
    var length: [UInt8] = []
    length.append(littleEndian: UInt64(event.bytes.count))
    var record = length
    record.append(littleEndian: masked(CyclicRedundancy.crc32c(length)))
    record += event.bytes
    record.append(littleEndian: masked(CyclicRedundancy.crc32c(event.bytes)))
    do {
      try file.write(record)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }

  /// Record files rotate and offset the checksum, so that data that contain checksums stay protected.
  private func masked(_ check: UInt32) -> UInt32 { (check >> 15 | check << 17) &+ 0xA282_EAD8 }
}
