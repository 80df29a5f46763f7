import Leibniz

/// Named arrays of numbers and some texts, in the safetensors format that Python reads too.
///
/// ```swift
/// let file = Safetensors(tensors: [.init(name: "w", shape: [2], values: [1, 2])], metadata: [:])
/// try file.write(to: "w.safetensors")
/// try Safetensors(contentsOf: "w.safetensors") == file  // true
/// ```
///
/// A file is the length of its header in eight bytes, the header in JSON, and the numbers of the
/// tensors one after the other, least significant byte first. Numbers are written as F64, bit for
/// bit; F64, F32, BF16 and I64 are read.
///
/// Source: *Safetensors*, github.com/huggingface/safetensors.
public struct Safetensors: Equatable, Sendable {
  /// An array of numbers with a name.
  public struct Tensor: Equatable, Sendable {
    /// What it is called; no two of a file have one name.
    public var name: String
    /// The length along each axis; the last axis runs fastest.
    public var shape: [Int]
    /// The numbers; their count is the product of the shape.
    public var values: [Double]

    /// An array with a name.
    public init(name: String, shape: [Int], values: [Double]) {
      require(
        elementCount(of: shape) == values.count,
        "\(counted(values.count, "number")) cannot fill the shape \(shape).")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// The arrays, in the order of their numbers in the file.
  public var tensors: [Tensor]
  /// Texts by key.
  public var metadata: [String: String]

  /// The largest header that readers of the format accept.
  private static let longestHeader = 100_000_000

  /// The contents of a file.
  public init(tensors: [Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: ``CheckpointError`` if the header is longer than the file, is not the JSON that the
  ///   format asks for or names a tensor twice; if a tensor's length is not that of its shape; if
  ///   tensors overlap, leave bytes between them or do not end where the file does.
  /// - Complexity: O(bytes), in memory too.
  public init(bytes: [UInt8]) throws(CheckpointError) {
    guard bytes.count >= 8 else {
      throw .malformed(offset: 0, reason: "\(bytes.count) bytes are too few")
    }
    let length = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= Self.longestHeader, length <= bytes.count - 8 else {
      throw .malformed(offset: 0, reason: "a header of \(length) bytes in \(bytes.count) bytes")
    }
    let body = 8 + Int(length)
    let header = try SafetensorsHeader(bytes[8..<body])
    var tensors: [Tensor] = []
    var end = 0
    // Sorted by both ends, so that an empty tensor stands before the one that begins with it.
    let entries = header.entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for entry in entries {
      guard entry.range.lowerBound == end, entry.range.upperBound <= bytes.count - body else {
        throw .malformed(
          offset: body + end,
          reason: "the bytes of '\(entry.name)' should begin here, and end "
            + "before the file does; they are \(entry.range)")
      }
      end = entry.range.upperBound
      let slice = bytes[(body + entry.range.lowerBound)..<(body + end)]
      tensors.append(try Self.tensor(entry, slice))
    }
    guard body + end == bytes.count else {
      throw .malformed(offset: body + end, reason: "bytes that belong to no tensor")
    }
    self.init(tensors: tensors, metadata: header.metadata)
  }

  private static func tensor(
    _ entry: SafetensorsHeader.Entry, _ bytes: ArraySlice<UInt8>
  ) throws(CheckpointError) -> Tensor {
    let size: Int
    switch entry.type {
    case "F64", "I64": size = 8
    case "F32": size = 4
    case "BF16": size = 2
    default: throw .unsupportedType(tensor: entry.name, type: entry.type)
    }
    var count = size
    for length in entry.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else {
        throw .malformed(
          offset: bytes.startIndex, reason: "the shape of '\(entry.name)' is too large")
      }
      count = product
    }
    guard count == bytes.count else {
      throw .malformed(
        offset: bytes.startIndex,
        reason: "'\(entry.name)' of shape \(entry.shape) takes \(count) bytes, not \(bytes.count)")
    }
    let values = stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
      let bits = bytes[start..<(start + size)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return switch entry.type {
      case "F64": Double(bitPattern: bits)
      case "I64": Double(Int64(bitPattern: bits))
      // The upper half of a number of 32 bits.
      case "BF16": Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits << 16)))
      default: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
      }
    }
    return Tensor(name: entry.name, shape: entry.shape, values: values)
  }

  /// The bytes of the file. Equal contents give equal bytes.
  ///
  /// - Precondition: no two tensors have one name, and none is called `__metadata__`.
  public func encoded() -> [UInt8] {
    require(
      Set(tensors.map(\.name) + ["__metadata__"]).count == tensors.count + 1,
      "Two tensors of a file have the same name.")
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0)):\(quoted($1))" }
      members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for tensor in tensors {
      let end = offset + 8 * tensor.values.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(tensor.name)):{\"dtype\":\"F64\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    // Spaces, so that the numbers begin at a multiple of eight.
    while header.count % 8 != 0 { header.append(0x20) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    bytes.append(littleEndian: UInt64(header.count))
    bytes += header
    for tensor in tensors {
      for value in tensor.values { bytes.append(littleEndian: value.bitPattern) }
    }
    return bytes
  }

  /// Reads a file.
  public init(contentsOf path: String) throws(CheckpointError) {
    let bytes: [UInt8]
    do {
      bytes = try SystemFile.bytes(of: path)
    } catch {
      throw .file(error)
    }
    try self.init(bytes: bytes)
  }

  /// Writes a file. Where that is interrupted, the old file stays as it was.
  public func write(to path: String) throws(CheckpointError) {
    do {
      try encoded().writeWhole(to: path)
    } catch {
      throw .file(error)
    }
  }
}

/// A text as a string of JSON.
private func quoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": quoted += "\\\(scalar)"
    case ..<" ":
      let digits = String(scalar.value, radix: 16)
      quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}
