import Leibniz

/// The header of a safetensors file, read by the grammar that the format allows: an object of
/// objects with three known keys each. Nothing nests deeper, so nothing recurses.
struct SafetensorsHeader {
  /// A tensor as the header describes it.
  struct Entry {
    var name = ""
    var type = ""
    var shape: [Int] = []
    /// Where its bytes begin and end, counted from the end of the header.
    var range = 0..<0
  }

  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) throws(CheckpointError) {
    self.bytes = bytes
    position = bytes.startIndex
    var names: Set<String> = []
    // The format asks for the brace in the very first byte.
    guard bytes.first == UInt8(ascii: "{") else { throw failure("expected '{'") }
    try parseObject { parser, key throws(CheckpointError) in
      guard names.insert(key).inserted else { throw parser.failure("'\(key)' occurs twice") }
      if key == "__metadata__" {
        try parser.parseObject { parser, key throws(CheckpointError) in
          let text = try parser.parseString()
          guard parser.metadata.updateValue(text, forKey: key) == nil else {
            throw parser.failure("'\(key)' occurs twice")
          }
        }
      } else {
        parser.entries.append(try parser.parseEntry(named: key))
      }
    }
    skipSpace()
    guard position == bytes.endIndex else { throw failure("expected the end of the header") }
  }

  private func failure(_ reason: String) -> CheckpointError {
    .malformed(offset: position, reason: reason)
  }

  private mutating func parseEntry(named name: String) throws(CheckpointError) -> Entry {
    var entry = Entry(name: name)
    var keys: Set<String> = []
    try parseObject { parser, key throws(CheckpointError) in
      keys.insert(key)
      switch key {
      case "dtype": entry.type = try parser.parseString()
      case "shape": entry.shape = try parser.parseIntegers()
      case "data_offsets":
        let offsets = try parser.parseIntegers()
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
          throw parser.failure("the offsets of '\(name)' are not a beginning and an end")
        }
        entry.range = offsets[0]..<offsets[1]
      default: throw parser.failure("'\(name)' has an unknown key '\(key)'")
      }
    }
    guard keys.count == 3 else { throw failure("'\(name)' lacks dtype, shape or data_offsets") }
    return entry
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  /// Whether the next character is this one; then it is passed.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else {
      return false
    }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(CheckpointError) {
    if !take(character) { throw failure("expected '\(character)'") }
  }

  /// Calls `member` after each key and its colon.
  private mutating func parseObject(
    _ member: (inout SafetensorsHeader, String) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    try expect("{")
    if take("}") { return }
    repeat {
      let key = try parseString()
      try expect(":")
      try member(&self, key)
    } while take(",")
    try expect("}")
  }

  private mutating func parseIntegers() throws(CheckpointError) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    if take("]") { return numbers }
    repeat {
      skipSpace()
      let start = position
      while position < bytes.endIndex, (0x30...0x39).contains(bytes[position]) { position += 1 }
      guard let number = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
        throw failure("expected a whole number that fits 63 bits")
      }
      numbers.append(number)
    } while take(",")
    try expect("]")
    return numbers
  }

  private mutating func parseString() throws(CheckpointError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        // Decoding repairs what is not UTF-8 instead of refusing it.
        let string = String(decoding: text, as: UTF8.self)
        guard string.utf8.elementsEqual(text) else { throw failure("a string is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): text += try parseEscape().utf8
      case ..<0x20: throw failure("a control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("a string does not end")
  }

  private mutating func parseEscape() throws(CheckpointError) -> String {
    guard position < bytes.endIndex else { throw failure("a string does not end") }
    let letter = bytes[position]
    position += 1
    switch Unicode.Scalar(letter) {
    case "\"", "\\", "/": return String(Unicode.Scalar(letter))
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      var units = [try parseHexadecimal()]
      if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: Array("\\u".utf8)) {
        position += 2
        units.append(try parseHexadecimal())
      }
      // Half a pair is no character, nor are two halves that do not belong together.
      guard let scalar = Unicode.Scalar(utf16: units) else { throw failure("half of a character") }
      return String(scalar)
    default: throw failure("an unknown escape")
    }
  }

  private mutating func parseHexadecimal() throws(CheckpointError) -> UInt16 {
    guard bytes.endIndex - position >= 4 else { throw failure("a string does not end") }
    let digits = bytes[position..<(position + 4)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("expected four hexadecimal digits") }
    position += 4
    return unit
  }
}

extension Unicode.Scalar {
  /// The character of one unit, or of a pair of surrogates.
  fileprivate init?(utf16 units: [UInt16]) {
    guard units.count == 2 else {
      self.init(units[0])
      return
    }
    guard UTF16.isTrailSurrogate(units[1]) else { return nil }
    self.init(0x10000 + (UInt32(units[0]) - 0xD800) << 10 + (UInt32(units[1]) - 0xDC00))
  }
}
