/// A line in the description of a model: a layer, with what it keeps and what it does to its sums.
public struct ModulePart {
  /// The path to it in the model, such as `layers.0`; empty for the model itself.
  public var name: String
  /// What it is, such as `Layer`.
  public let kind: String
  /// The numbers it keeps.
  public let tensors: [NamedTensor]
  /// What it does to its sums, if anything is known of it.
  public let activation: Activation?

  /// A part of a model.
  public init(
    _ kind: String, name: String = "", tensors: [NamedTensor], activation: Activation? = nil
  ) {
    self.name = name
    self.kind = kind
    self.tensors = tensors
    self.activation = activation
  }

  fileprivate var cells: [String] {
    let shapes = tensors.map { tensor in
      "\(tensor.name) \(tensor.shape.map { "\($0)" }.joined(separator: " × "))"
    }
    return [
      name, kind, shapes.joined(separator: ", "), activation?.description ?? "",
      "\(tensors.parameters.count)",
    ]
  }
}

extension Sequence<ModulePart> {
  /// The parts as parts of something with a name.
  public func prefixed(with name: String) -> [ModulePart] {
    map { part in
      var part = part
      part.name = part.name.isEmpty ? name : "\(name).\(part.name)"
      return part
    }
  }
}

extension Module {
  /// One part for each group of tensors: those whose names differ in the last word alone.
  public var parts: [ModulePart] {
    #if hasFeature(Embedded)
      return [ModulePart("Module", tensors: tensors)]
    #else
      var groups: [(name: String, tensors: [NamedTensor])] = []
      for var tensor in tensors {
        let words = tensor.name.split(separator: ".", omittingEmptySubsequences: false)
        let name = words.dropLast().joined(separator: ".")
        tensor.name = String(words.last ?? "")
        if groups.last?.name != name { groups.append((name, [])) }
        groups[groups.count - 1].tensors.append(tensor)
      }
      if groups.isEmpty { groups = [("", [])] }
      return groups.map { ModulePart("\(Self.self)", name: $0.name, tensors: $0.tensors) }
    #endif
  }

  /// A summary: the parts with the shapes of their tensors, activations and numbers of parameters.
  ///
  /// ```swift
  /// print(MLP(inputs: 2, layers: [16, 1], seed: 42))
  /// // name      kind   tensors                 activation  parameters
  /// // layers.0  Layer  weight 16 × 2, bias 16  relu        48
  /// // layers.1  Layer  weight 1 × 16, bias 1   linear      17
  /// // 65 parameters
  /// ```
  ///
  /// Columns in which nothing stands are left out. Embedded Swift, which has no tables of Unicode to
  /// set columns with, gives the number of parameters alone.
  public var description: String {
    let count = counted(parameters.count, "parameter")
    #if hasFeature(Embedded)
      return count
    #else
      let header = ["name", "kind", "tensors", "activation", "parameters"]
      let rows = parts.map { $0.cells }
      guard !rows.isEmpty else { return count }
      let columns = header.indices.filter { column in rows.contains { !$0[column].isEmpty } }
      return textTable(([header] + rows).map { row in columns.map { row[$0] } }) + "\n" + count
    #endif
  }
}
