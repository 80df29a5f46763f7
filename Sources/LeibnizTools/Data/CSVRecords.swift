import Leibniz

/// The records of a text of separated values.
///
/// Fields lose the blanks around them. One in quotes may hold separators, line ends and, doubled,
/// quotes. Empty lines are skipped.
///
/// Source: Shafranovich, *Common format and MIME type for comma-separated values files*, RFC 4180.
struct CSVRecords {
  private let path: String
  private let bytes: [UInt8]
  private let separator: UInt8
  private var place = 0
  /// The line that `place` is in, counted from one.
  private var line = 1

  /// - Parameter path: what errors call the file.
  init(_ bytes: [UInt8], of path: String, separator: UInt8) {
    self.path = path
    self.bytes = bytes
    self.separator = separator
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// The fields of the next record, and the line that it begins in.
  ///
  /// - Complexity: O(bytes) for all records together.
  mutating func next() throws(FileError) -> (line: Int, fields: [String])? {
    while place < bytes.count {
      let first = line
      var fields = [try field()]
      while take(separator) { fields.append(try field()) }
      if take(newline) { line += 1 }
      if fields != [""] { return (first, fields) }
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func field() throws(FileError) -> String {
    while place < bytes.count, isBlank(bytes[place]) { place += 1 }
    if take(quote) { return try quotedField() }
    let start = place
    var end = place
    while place < bytes.count, bytes[place] != separator, bytes[place] != newline {
      place += 1
      if !isBlank(bytes[place - 1]) { end = place }
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func quotedField() throws(FileError) -> String {
    let start = line
    var content: [UInt8] = []
    while true {
      guard place < bytes.count else {
        throw .malformed(path: path, line: start, reason: "a field in quotes does not end")
      }
      let byte = bytes[place]
      place += 1
      if byte == newline { line += 1 }
      if byte == quote, !take(quote) { break }
      content.append(byte)
    }
    while place < bytes.count, isBlank(bytes[place]) { place += 1 }
    guard place == bytes.count || bytes[place] == separator || bytes[place] == newline else {
      throw .malformed(path: path, line: line, reason: "there is more after a field in quotes")
    }
    return String(decoding: content, as: UTF8.self)
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == 0x20 || byte == 0x09 || byte == 0x0D) && byte != separator
  }

  private let newline = UInt8(ascii: "\n")
  private let quote = UInt8(ascii: "\"")
}
