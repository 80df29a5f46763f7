extension [UInt8] {
  /// Adds a number, least significant byte first.
  package mutating func append(littleEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  /// Adds a number, most significant byte first.
  package mutating func append(bigEndian number: some FixedWidthInteger) {
    append(littleEndian: number.byteSwapped)
  }
}
