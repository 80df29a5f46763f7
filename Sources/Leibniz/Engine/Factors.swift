/// The factors of a dot product, Σ aᵢ bᵢ, and perhaps a bias.
///
/// The neurons of a layer have their weights in one list, row by row, each with its bias at the end: so a
/// layer retains a list of weights and one of inputs, once for all its neurons. With a list of weights
/// and a bias retained for each neuron, a step of training of an MLP 2-16-16-1 takes half as long again.
struct Factors {
  /// The list that the first factors stand in, and that of the second ones.
  let lists: (first: NodeList, second: NodeList)
  /// The address of a bias, or zero; or where the row begins, the row's bias if it has one, and a 1.
  private let rest: UInt

  /// Two lists of equal length and a bias, to each of which a reference is handed over.
  @inline(__always)
  init(_ a: NodeList, _ b: NodeList, bias: Node?) {
    lists = (a, b)
    rest = bias?.bitPattern ?? 0
  }

  /// A row of a list and another list, to each of which a reference is handed over.
  @inline(__always)
  init(rowAt start: Int, hasBias: Bool, in rows: NodeList, _ b: NodeList) {
    lists = (rows, b)
    rest = UInt(bitPattern: start) << 2 | (hasBias ? 3 : 1)
  }

  @inline(__always)
  private var isRow: Bool { rest & 1 != 0 }

  @inline(__always)
  private var start: Int { isRow ? Int(rest >> 2) : 0 }

  /// The first factors.
  @inline(__always)
  var first: NodeSlice { lists.first.slice(from: start, count: lists.second.count) }

  /// The second factors.
  @inline(__always)
  var second: NodeSlice { lists.second.slice(from: 0, count: lists.second.count) }

  @inline(__always)
  var bias: Node? {
    if !isRow { return Node(bitPattern: rest) }
    return rest & 2 == 0 ? nil : lists.first[start &+ lists.second.count]
  }

  /// A bias outside the lists.
  @inline(__always)
  var ownBias: Node? { isRow ? nil : Node(bitPattern: rest) }

  /// Σ aᵢ bᵢ + bias.
  @inline(__always)
  var sum: Double {
    let (a, b) = (first, second)
    var sum = 0.0
    for i in 0..<a.count { sum += a[i].number * b[i].number }
    return sum + (bias?.number ?? 0)
  }

  /// Gives up the references.
  func release() {
    lists.first.release()
    lists.second.release()
    ownBias?.release()
  }
}
