/// A hash table of terms by what they are; open addressing, because a general dictionary would take
/// most of the time of compiling.
struct HashTable {
  /// Seven bits of the hash of what stands at each place, and one that tells it from an empty one: to
  /// find that a term is new takes one byte of memory, which the cache is more likely to have.
  private var tags: [UInt8]
  private var ids: [Int32]
  private var count = 0

  init(capacity: Int) {
    var size = 64
    while 3 * size < 4 * capacity { size *= 2 }
    tags = Array(filledWith: 0, count: size)
    ids = Array(filledWith: 0, count: size)
  }

  @inline(__always)
  static func mix(_ a: UInt32, _ b: UInt64) -> UInt32 {
    let product = (UInt64(a) ^ b &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: product >> 32)
  }

  private static func tag(_ hash: UInt32) -> UInt8 { UInt8(hash >> 25) | 128 }

  /// The term at a place, if there is one.
  @inline(__always)
  subscript(place: Int) -> Int32? { tags[place] == 0 ? nil : ids[place] }

  /// Where the term with this hash stands for which the condition holds, or where it would.
  @inline(__always)
  func place(of hash: UInt32, where isEqual: (Int32) -> Bool) -> Int {
    let tag = HashTable.tag(hash)
    var i = Int(truncatingIfNeeded: hash) & (tags.count - 1)
    while tags[i] != 0 && !(tags[i] == tag && isEqual(ids[i])) { i = (i + 1) & (tags.count - 1) }
    return i
  }

  var isCrowded: Bool { 4 * count > 3 * tags.count }

  mutating func insert(_ id: Int32, _ hash: UInt32, at place: Int) {
    tags[place] = HashTable.tag(hash)
    ids[place] = id
    count += 1
  }
}
