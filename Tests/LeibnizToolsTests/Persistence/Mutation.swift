/// A file with one to four bytes changed, added or taken away, or its end cut off.
func mutated(_ file: [UInt8], using generator: inout some RandomNumberGenerator) -> [UInt8] {
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
