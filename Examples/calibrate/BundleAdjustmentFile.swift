import Foundation
import LeibnizTools

extension Scene {
  /// A scene in the format of *Bundle Adjustment in the Large*: how many cameras, points and
  /// observations there are; the camera, the point and the place of each observation; then the nine
  /// numbers of each camera and the three of each point.
  ///
  /// Source: Agarwal, Snavely, Seitz and Szeliski, *Bundle adjustment in the large*, 2010.
  static func read(_ path: String) throws -> Scene {
    var words = try Words(path)
    let cameras = try words.count("the number of cameras", below: 1_000_000)
    let points = try words.count("the number of points", below: 100_000_000)
    let observations = try words.count("the number of observations", below: 1_000_000_000)
    var scene = Scene(cameraCount: cameras, pointCount: points, parameters: [])
    for _ in 0..<observations {
      scene.observations.append(
        Observation(
          camera: try words.count("the camera of an observation", below: cameras),
          point: try words.count("the point of an observation", below: points),
          x: try words.number("the place of an observation"),
          y: try words.number("the place of an observation")))
    }
    for _ in 0..<cameraWidth * cameras {
      scene.parameters.append(try words.number("a number of a camera"))
    }
    for _ in 0..<3 * points { scene.parameters.append(try words.number("a coordinate of a point")) }
    try words.end()
    return scene
  }
}

/// The numbers of a text, with the lines they stand in.
private struct Words {
  private let path: String
  private var lines: IndexingIterator<[Substring]>
  private var words: ArraySlice<Substring> = []
  private var line = 0

  init(_ path: String) throws {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw FileError.unreadable(path: path, reason: error.localizedDescription)
    }
    self.path = path
    if data.starts(with: Array("BZh".utf8)) {
      let reason = "is compressed as it is published: unpack it with bunzip2 first"
      throw FileError.malformed(path: path, line: nil, reason: reason)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw FileError.malformed(path: path, line: nil, reason: "is not text")
    }
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .makeIterator()
  }

  mutating func number(_ what: String) throws -> Double {
    guard let word = next() else {
      throw FileError.malformed(path: path, line: nil, reason: "ends before \(what)")
    }
    guard let number = Double(word), number.isFinite else {
      throw malformed("\(what) is '\(word)', which is not a finite number")
    }
    return number
  }

  mutating func count(_ what: String, below limit: Int) throws -> Int {
    let number = try number(what)
    guard let count = Int(exactly: number), count >= 0, count < limit else {
      throw malformed("\(what) is \(number), not a whole number from 0 to \(limit - 1)")
    }
    return count
  }

  mutating func end() throws {
    if let word = next() { throw malformed("'\(word)' stands after the last point") }
  }

  private mutating func next() -> Substring? {
    while words.isEmpty {
      guard let text = lines.next() else { return nil }
      line += 1
      words = text.split(whereSeparator: \.isWhitespace)[...]
    }
    return words.removeFirst()
  }

  private func malformed(_ reason: String) -> FileError {
    .malformed(path: path, line: line, reason: reason)
  }
}
