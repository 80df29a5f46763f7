import Leibniz

/// An array of bytes in the IDX format, in which MNIST's images and labels come.
///
/// ```swift
/// let images = try IDXFile(contentsOf: "train-images-idx3-ubyte.gz")
/// let labels = try IDXFile(contentsOf: "train-labels-idx1-ubyte.gz")
/// images.shape      // [60000, 28, 28]
/// images.samples()  // 60000 arrays of 784 numbers in 0…1
/// labels.bytes[0]   // 5
/// ```
///
/// A file is two zero bytes, the type of its elements (8 for bytes, the only one read here), the
/// number of dimensions, the dimensions as 32-bit numbers, most significant byte first, and then
/// the elements.
///
/// Source: LeCun, Cortes and Burges, *The MNIST database of handwritten digits*.
public struct IDXFile: Sendable {
  /// The dimensions, the number of samples first.
  public let shape: [Int]
  /// The elements, sample by sample, row by row.
  public let bytes: [UInt8]

  /// Reads a file; one that gzip has packed, as its first two bytes tell, through the program
  /// `gunzip`.
  ///
  /// Memory grows with what is in the file, not with what its header announces.
  ///
  /// - Throws: ``FileError`` with the reason, where the file cannot be read, is not in this format,
  ///   or is shorter or longer than its header says.
  public init(contentsOf path: String) throws(FileError) {
    do {
      let file = try SystemFile(reading: path)
      let start = try file.read(4)
      if start.starts(with: [0x1F, 0x8B]) {
        try file.rewind()
        self = try ExternalProgram(name: "gunzip", arguments: ["-c"]).run(on: file) {
          try IDXFile(reading: $0, after: try $0.read(4), path: path)
        }
      } else {
        self = try IDXFile(reading: file, after: start, path: path)
      }
    } catch let error as FileError {
      throw error
    } catch let error as SystemError {
      throw .unreadable(path: path, reason: error.reason)
    } catch ExternalProgram.Failure.missing {
      let reason = "the program gunzip, which unpacks it, was not found on the PATH"
      throw .unreadable(path: path, reason: reason)
    } catch ExternalProgram.Failure.failed(let message) {
      throw .unreadable(path: path, reason: message)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  private init(reading file: SystemFile, after start: [UInt8], path: String) throws {
    func malformed(_ reason: String) -> FileError {
      .malformed(path: path, line: nil, reason: reason)
    }
    guard start.count == 4 else {
      throw malformed("an IDX file has at least 4 bytes, this has \(start.count)")
    }
    guard start[0] == 0, start[1] == 0 else {
      throw malformed("an IDX file begins with two zero bytes, this with \(start[0]), \(start[1])")
    }
    guard start[2] == 8 else {
      throw malformed("expected elements of type 8 (unsigned bytes), found type \(start[2])")
    }
    let dimensions = Int(start[3])
    let sizes = try file.read(4 * dimensions)
    guard dimensions > 0, sizes.count == 4 * dimensions else {
      throw malformed("the header of \(dimensions) dimensions is not whole")
    }
    shape = stride(from: 0, to: sizes.count, by: 4).map { i in
      sizes[i..<(i + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw malformed("the header announces more than memory can hold") }
      count = product
    }
    bytes = try file.read(count)
    guard bytes.count == count else {
      throw malformed("the header announces \(count) elements, the file has \(bytes.count)")
    }
    guard try file.read(1).isEmpty else {
      throw malformed("the header announces \(count) elements, the file has more")
    }
  }

  /// The samples as numbers in 0…1: the bytes divided by 255.
  public func samples() -> [[Double]] {
    guard !bytes.isEmpty else { return [] }
    let size = bytes.count / shape[0]
    return stride(from: 0, to: bytes.count, by: size).map { start in
      bytes[start..<(start + size)].map { Double($0) / 255 }
    }
  }
}
