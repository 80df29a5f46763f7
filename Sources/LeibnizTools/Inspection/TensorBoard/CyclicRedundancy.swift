import Leibniz

/// A cyclic redundancy check of 32 bits, by which files detect damage.
struct CyclicRedundancy {
  private let table: [UInt32]

  /// CRC-32 as in PNG.
  static let crc32 = CyclicRedundancy(reversedPolynomial: 0xEDB8_8320)
  /// CRC-32C of Castagnoli, as in TensorFlow's record files.
  static let crc32c = CyclicRedundancy(reversedPolynomial: 0x82F6_3B78)

  private init(reversedPolynomial: UInt32) {
    table = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { rest, _ in
        rest & 1 == 1 ? rest >> 1 ^ reversedPolynomial : rest >> 1
      }
    }
  }

  /// The check of some bytes.
  func callAsFunction(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { rest, byte in table[Int((rest ^ UInt32(byte)) & 0xFF)] ^ rest >> 8 }
  }
}
