import Leibniz

/// A grey image in the PNG format, without compression.
///
/// Source: *Portable Network Graphics (PNG) Specification*, W3C, 2003.
struct PNG {
  private(set) var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// - Parameter rows: the brightness of each pixel in 0…1, from the top; all rows of one length.
  init(rows: [[Double]]) {
    var header: [UInt8] = []
    header.append(bigEndian: UInt32(rows.first?.count ?? 0))
    header.append(bigEndian: UInt32(rows.count))
    addChunk("IHDR", header + [8, 0, 0, 0, 0])  // eight bits, grey
    // Each row begins with the number of its filter: none.
    let pixels = rows.flatMap { row in [0] + row.map { UInt8(max(0, min($0, 1)) * 255 + 0.5) } }
    addChunk("IDAT", Self.stored(pixels))
    addChunk("IEND", [])
  }

  private mutating func addChunk(_ name: String, _ content: [UInt8]) {
    let named = Array(name.utf8) + content
    bytes.append(bigEndian: UInt32(content.count))
    bytes += named
    bytes.append(bigEndian: CyclicRedundancy.crc32(named))
  }

  /// The bytes in zlib's format, in blocks of at most 65,535 bytes stored as they are.
  private static func stored(_ content: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: max(content.count, 1), by: 65_535) {
      let block = content[start..<min(start + 65_535, content.count)]
      stream.append(block.endIndex == content.count ? 1 : 0)
      stream.append(littleEndian: UInt16(block.count))
      stream.append(littleEndian: ~UInt16(block.count))
      stream += block
    }
    let (a, b) = content.reduce((UInt32(1), UInt32(0))) { sums, byte in
      let a = (sums.0 + UInt32(byte)) % 65_521
      return (a, (sums.1 + a) % 65_521)
    }
    stream.append(bigEndian: b << 16 | a)
    return stream
  }
}
