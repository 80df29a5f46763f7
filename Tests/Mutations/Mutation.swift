/// A file with one to four of its bytes changed, added or taken away, or its end cut off.
public func mutated(
  _ file: [UInt8], using generator: inout some RandomNumberGenerator
) -> [UInt8] {
  var bytes = file
  for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes[place] = .random(in: 0...255, using: &generator)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2: bytes.removeSubrange(place...)
    case 3: bytes.insert(.random(in: 32...125, using: &generator), at: place)
    default: bytes.remove(at: place)
    }
  }
  return bytes
}

/// A file with parts of it repeated, moved or overwritten by what readers stumble over: numbers out of
/// range, marks of the format, bytes that are no text.
public func rearranged(
  _ file: [UInt8], using generator: inout some RandomNumberGenerator
) -> [UInt8] {
  var bytes = file
  for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let end = min(place + .random(in: 1...16, using: &generator), bytes.count)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 1: bytes.replaceSubrange(place..<end, with: bytes[place..<end].reversed())
    case 2: replaceNumber(in: &bytes, from: place, using: &generator)
    case 3:
      let number = extremeBits.randomElement(using: &generator)!
      for i in 0..<8 where place + i < bytes.count {
        bytes[place + i] = UInt8(truncatingIfNeeded: number >> (8 * i))
      }
    default: bytes.replaceSubrange(place..<end, with: fragment(using: &generator))
    }
  }
  return bytes
}

/// Puts another number in place of the first run of digits from a place on.
private func replaceNumber(
  in bytes: inout [UInt8], from place: Int, using generator: inout some RandomNumberGenerator
) {
  let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
  let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
  bytes.replaceSubrange(start..<end, with: numbers.randomElement(using: &generator)!.utf8)
}

private func fragment(using generator: inout some RandomNumberGenerator) -> [UInt8] {
  let text = (numbers + marks).randomElement(using: &generator)!
  return Array(String(repeating: text, count: .random(in: 1...3, using: &generator)).utf8)
}

private let numbers = [
  "0", "-1", "1048576", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
  "18446744073709551615", "1e308", "-1e999", "nan", "1e-320", "0x1p9", "0.5", "١",
]

private let marks = [
  "\"", ",", "\n", "\r\n", "{", "}", "[]", "\\u0000", "\\ud83d", "\u{FEFF}", ";", "\0",
]

/// The bits of numbers that are infinite, none, tiny, huge or just too large to count with.
private let extremeBits: [UInt64] =
  [
    Double.infinity, -.infinity, .nan, -0.0, .leastNonzeroMagnitude, 1e308, 9e15, 9e18, 1e19, 0.5,
    -1,
  ].map(
    \.bitPattern)
  + [0, 1, .max, 1 << 31, 1 << 32, 1 << 62]
