/// A message in the encoding of protocol buffers, built field by field.
package struct ProtocolBuffer {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// A whole number.
  package mutating func add(_ field: Int, _ number: Int) {
    add(varint: UInt64(field) << 3)
    add(varint: UInt64(bitPattern: Int64(number)))
  }

  /// A number of 64 bits.
  package mutating func add(_ field: Int, _ number: Double) {
    add(varint: UInt64(field) << 3 | 1)
    bytes.append(littleEndian: number.bitPattern)
  }

  /// A number of 32 bits.
  package mutating func add(_ field: Int, _ number: Float) {
    add(varint: UInt64(field) << 3 | 5)
    bytes.append(littleEndian: number.bitPattern)
  }

  /// Bytes.
  package mutating func add(_ field: Int, _ content: [UInt8]) {
    add(varint: UInt64(field) << 3 | 2)
    add(varint: UInt64(content.count))
    bytes += content
  }

  /// A text.
  package mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  /// Many numbers of 64 bits, packed.
  package mutating func add(_ field: Int, _ numbers: [Double]) {
    var content: [UInt8] = []
    for number in numbers { content.append(littleEndian: number.bitPattern) }
    add(field, content)
  }

  /// A message within this one.
  package mutating func add(_ field: Int, _ build: (inout ProtocolBuffer) -> Void) {
    var message = ProtocolBuffer()
    build(&message)
    add(field, message.bytes)
  }

  private mutating func add(varint: UInt64) {
    var rest = varint
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
