/// A list of factors of a dot product; with the bias, if it wants a gradient too, for the same
/// cotangents go to it.
struct FactorList: Hashable {
  let nodes: NodeSlice
  let bias: Node?

  init(_ nodes: NodeSlice, bias: Node? = nil) {
    self.nodes = nodes
    self.bias = bias
  }
}

/// The lists of factors of a graph's dot products, with what each has received in reverse.
struct FactorLists {
  private var lists: [List] = []
  /// The numbers of lists whose first element wants no gradient; the others are found by it.
  private var numbers: [FactorList: Int32] = [:]
  /// The list that was met last: the neurons of a layer have their inputs in common.
  private var last: (list: FactorList, number: Int32)?
  private var columns: [Columns] = []
  /// Which columns belong to lists that met as many others, the same first and last.
  private var columnNumbers: [ColumnKey: Int] = [:]

  private struct List {
    let list: FactorList
    /// Whether an element, or the bias, wants a gradient.
    let isWanted: Bool
    var elements: [Value] = []
    /// What each dot product handed on, and the list of its other factors.
    var cotangents: [Value] = []
    var others: [Int32] = []
    var columns = -1
  }

  private struct ColumnKey: Hashable {
    let count: Int
    let first: Int32
    let last: Int32
  }

  /// The elements at one place of some lists, for every place.
  private struct Columns {
    let others: [Int32]
    var columns: [[Value]]
  }

  var nextNumber: Int32 { Int32(lists.count) }

  /// The number of a list if it was the last to be met.
  @inline(__always)
  func last(_ list: FactorList) -> Int32? {
    if let last, last.list == list { return last.number }
    return nil
  }

  /// Whether a list has a number.
  @inline(__always)
  mutating func found(_ list: FactorList, at number: Int32) -> Bool {
    guard lists[Int(number)].list == list else { return false }
    last = (list, number)
    return true
  }

  /// The number of a list whose first element wants no gradient.
  mutating func numberOfOthers(_ list: FactorList) -> Int32? {
    guard let known = numbers[list] else { return nil }
    last = (list, known)
    return known
  }

  mutating func append(_ list: FactorList, isWanted: Bool, isFirstWanted: Bool) -> Int32 {
    let number = nextNumber
    if !isFirstWanted { numbers[list] = number }
    lists.append(List(list: list, isWanted: isWanted))
    last = (list, number)
    return number
  }

  /// Says that a dot product of a list with another handed on the cotangent g.
  mutating func add(_ g: Value, to list: Int32, other: Int32) {
    guard lists[Int(list)].isWanted else { return }
    lists[Int(list)].cotangents.append(g)
    lists[Int(list)].others.append(other)
  }

  /// How many dot products of a list handed something on.
  func count(of list: Int32) -> Int { lists[Int(list)].cotangents.count }

  /// What the only dot product of a list handed on, and the list of its other factors.
  func onlyShare(of list: Int32) -> (cotangent: Value, other: Int32) {
    (lists[Int(list)].cotangents[0], lists[Int(list)].others[0])
  }

  func element(of list: Int32, at place: Int) -> Value {
    lists[Int(list)].list.nodes[place].value
  }

  /// What the dot products of a list handed on; no more may be added.
  mutating func cotangents(of list: Int32) -> [Value] {
    if lists[Int(list)].columns < 0 { close(list) }
    return lists[Int(list)].cotangents
  }

  /// The elements at one place of the lists that a list was multiplied with.
  mutating func column(of list: Int32, at place: Int) -> [Value] {
    let number = lists[Int(list)].columns
    if columns[number].columns[place].isEmpty {
      columns[number].columns[place] = columns[number].others.map {
        lists[Int($0)].list.nodes[place].value
      }
    }
    return columns[number].columns[place]
  }

  /// Puts what a list received in the order of the other lists, so that lists that met the same ones
  /// have the same columns, and finds those.
  private mutating func close(_ list: Int32) {
    let (others, cotangents) = (lists[Int(list)].others, lists[Int(list)].cotangents)
    if others.isEmpty { return }
    if !zip(others, others.dropFirst()).allSatisfy({ $0 <= $1 }) {
      let order = others.indices.sorted { (others[$0], $0) < (others[$1], $1) }
      lists[Int(list)].others = order.map { others[$0] }
      lists[Int(list)].cotangents = order.map { cotangents[$0] }
    }
    lists[Int(list)].columns = columnNumber(of: list)
  }

  private mutating func columnNumber(of list: Int32) -> Int {
    let others = lists[Int(list)].others
    let key = ColumnKey(count: others.count, first: others[0], last: others[others.count - 1])
    if let known = columnNumbers[key], columns[known].others == others { return known }
    let places = lists[Int(list)].list.nodes.count
    columns.append(Columns(others: others, columns: Array(repeating: [], count: places)))
    columnNumbers[key] = columns.count - 1
    return columns.count - 1
  }

  /// A list as an array, which is made once.
  mutating func elements(of list: Int32) -> [Value] {
    if lists[Int(list)].elements.isEmpty {
      lists[Int(list)].elements = lists[Int(list)].list.nodes.map { $0.value }
    }
    return lists[Int(list)].elements
  }
}
