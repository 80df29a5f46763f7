extension [NamedTensor] {
  /// Where each tensor stands among the parameters, in words.
  func layout(in parameters: [Value]) -> [String] {
    var places: [ObjectIdentifier: Int] = [:]
    for (i, parameter) in parameters.enumerated() { places[ObjectIdentifier(parameter)] = i }
    return compactMap { tensor in
      let found = tensor.values.compactMap { places[ObjectIdentifier($0)] }
      guard let first = found.first, found.count == tensor.values.count else { return nil }
      let width = tensor.shape.last ?? 1
      let (next, row) = (
        found.count > 1 ? found[1] - first : 1, found.count > width ? found[width] - first : 0
      )
      let isRegular = found.indices.allSatisfy {
        found[$0] == first + $0 / width * row + $0 % width * (width > 1 ? next : 0)
      }
      let place: String
      if !isRegular {
        place = "from \(first) on"
      } else {
        place =
          "\(first)" + (row > 0 ? " + \(row) * row" : "")
          + (width > 1 ? " + " + (next == 1 ? "" : "\(next) * ") + "column" : "")
      }
      let shape = tensor.shape.map { "\($0)" }.joined(separator: " x ")
      return "\(tensor.name), \(shape): \(place)"
    }
  }

  /// The tensors' names by the places of their numbers among the parameters.
  func places(in parameters: [Value]) -> [[Int32]: String] {
    var places: [ObjectIdentifier: Int32] = [:]
    for (i, parameter) in parameters.enumerated() {
      places[ObjectIdentifier(parameter)] = Int32(i)
    }
    var names: [[Int32]: String] = [:]
    for tensor in self {
      names[tensor.values.map { places[ObjectIdentifier($0)] ?? -2 }] = tensor.name
    }
    return names
  }
}
