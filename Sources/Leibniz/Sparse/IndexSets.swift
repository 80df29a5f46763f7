/// Sets of numbers, of which equal neighbours in a computation are one set: unions of sets that contain
/// each other make none.
struct IndexSets {
  /// A set by its number; 0 is the empty one.
  typealias ID = Int32

  private var elements: [Int32] = []
  private var ends: [Int] = [0]
  /// The last unions, by a hash of what was united: layers unite the same sets for each neuron.
  private var known: [(a: ID, b: ID, union: ID)]

  init() {
    known = Array(repeating: (0, 0, 0), count: 1 << 12)
  }

  subscript(id: ID) -> ArraySlice<Int32> {
    id == 0 ? [] : elements[ends[Int(id) - 1]..<ends[Int(id)]]
  }

  /// The set of one number.
  mutating func set(of element: Int32) -> ID {
    elements.append(element)
    return close()
  }

  private mutating func close() -> ID {
    ends.append(elements.count)
    return ID(ends.count - 1)
  }

  /// - Complexity: O(elements).
  mutating func union(_ a: ID, _ b: ID) -> ID {
    if a == b || b == 0 { return a }
    if a == 0 { return b }
    let hash = UInt32(bitPattern: a) &* 0x9E37_79B1 &+ UInt32(bitPattern: b)
    let place = Int(hash) & (known.count - 1)
    if known[place].a == a && known[place].b == b { return known[place].union }
    let union = merged(a, b)
    known[place] = (a, b, union)
    return union
  }

  private mutating func merged(_ a: ID, _ b: ID) -> ID {
    var (i, j) = (ends[Int(a) - 1], ends[Int(b) - 1])
    let (endOfA, endOfB) = (ends[Int(a)], ends[Int(b)])
    let (countOfA, countOfB) = (endOfA - i, endOfB - j)
    let start = elements.count
    while i < endOfA && j < endOfB {
      let (x, y) = (elements[i], elements[j])
      elements.append(min(x, y))
      if x <= y { i += 1 }
      if y <= x { j += 1 }
    }
    while i < endOfA {
      elements.append(elements[i])
      i += 1
    }
    while j < endOfB {
      elements.append(elements[j])
      j += 1
    }
    let count = elements.count - start
    if count == countOfA || count == countOfB {
      elements.removeLast(count)
      return count == countOfA ? a : b
    }
    return close()
  }
}
