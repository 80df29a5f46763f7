import Leibniz

/// The numbers of a file, with some of its columns set apart.
struct CSVTable {
  /// The numbers of the columns asked for, in the order asked for.
  private(set) var apart: [[Double]] = []
  /// The numbers of the other columns.
  private(set) var rest: [[Double]] = []
  /// The names of the other columns, where the file names its columns.
  private(set) var restNames: [String] = []

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - wanted: the columns to set apart.
  ///   - columns: the required number of columns; by default that of the first sample.
  ///   - complaint: what is wrong with a number to be set apart, of which its text is given too.
  init(
    contentsOf path: String, apart wanted: [CSVFile.Column], separator: Character, columns: Int?,
    complaint: (_ text: String, _ number: Double) -> String? = { _, _ in nil }
  ) throws(FileError) {
    var records = CSVRecords(
      try SystemFile.bytes(of: path), of: path, separator: byte(of: separator))
    var names: [String] = []
    var layout: Layout?
    var isFirst = true
    while let (line, fields) = try records.next() {
      func malformed(_ reason: String) -> FileError {
        .malformed(path: path, line: line, reason: reason)
      }
      let isHead =
        isFirst
        && (wanted.contains(where: \.isNamed) || fields.allSatisfy({ Double($0) == nil }))
      isFirst = false
      if isHead {
        names = fields
        continue
      }
      let count = layout?.count ?? columns ?? fields.count
      guard fields.count == count, count > 1 else {
        throw malformed("expected \(max(count, 2)) columns, found \(fields.count)")
      }
      let numbers = fields.compactMap(Double.init).filter(\.isFinite)
      guard numbers.count == count else {
        let wrong = fields.first { !(Double($0)?.isFinite ?? false) } ?? ""
        throw malformed("expected a number, found '\(wrong.prefix(20))'")
      }
      let places: Layout
      if let layout {
        places = layout
      } else {
        places = try Layout(wanted, among: names, count: count, malformed)
        if names.count == count { restNames = places.rest.map { names[$0] } }
        layout = places
      }
      for place in places.apart {
        if let complaint = complaint(fields[place], numbers[place]) { throw malformed(complaint) }
      }
      apart.append(places.apart.map { numbers[$0] })
      rest.append(places.rest.map { numbers[$0] })
    }
    guard !rest.isEmpty else {
      throw .malformed(path: path, line: nil, reason: "there are no samples in it")
    }
  }
}

/// Which columns of a file are which.
private struct Layout {
  let count: Int
  let apart, rest: [Int]

  init(
    _ wanted: [CSVFile.Column], among names: [String], count: Int,
    _ malformed: (_ reason: String) -> FileError
  ) throws(FileError) {
    guard names.count == count || !wanted.contains(where: \.isNamed) else {
      throw malformed("expected \(names.count) columns, as the first line names, found \(count)")
    }
    var places: [Int] = []
    for column in wanted {
      let place: Int
      switch column {
      case .last: place = count - 1
      case .at(let number):
        guard (0..<count).contains(number) else {
          throw malformed("there is no column \(number) in 0...\(count - 1)")
        }
        place = number
      case .named(let name):
        let found = names.indices.filter { names[$0] == name }
        guard found.count == 1 else {
          let known = names.map { "'\($0.prefix(20))'" }.prefix(20).joined(separator: ", ")
          throw malformed("expected one column '\(name)', found the columns \(known)")
        }
        place = found[0]
      }
      guard !places.contains(place) else {
        throw malformed("column \(place) cannot be two targets at once")
      }
      places.append(place)
    }
    (self.count, apart) = (count, places)
    rest = (0..<count).filter { !places.contains($0) }
  }
}

extension CSVFile.Column {
  fileprivate var isNamed: Bool {
    if case .named = self { true } else { false }
  }
}

/// The byte of a character that can separate columns.
private func byte(of separator: Character) -> UInt8 {
  guard let byte = separator.asciiValue, !separator.isNewline, separator != "\"",
    !separator.isNumber, !separator.isLetter, !"+-.".contains(separator)
  else { stop("'\(separator)' cannot separate columns of numbers.") }
  return byte
}
