import Leibniz

extension Module {
  /// Takes the model's numbers from a state dictionary of PyTorch, saved as safetensors: all, or none
  /// where anything does not fit.
  ///
  /// ```swift
  /// try model.save(to: "model.safetensors")  // in Python: save_file(torch_model.state_dict(), …)
  /// try model.load(pyTorch: "model.safetensors")
  /// ```
  ///
  /// Tensors are found by name. What PyTorch keeps in another form is taken apart:
  ///
  /// | PyTorch | here |
  /// |---|---|
  /// | `nn.Sequential` of `nn.Linear` and activations: `0.weight`, `2.weight`, … | `MLP`: `layers.0`, `layers.1`, … in their order |
  /// | `nn.GRU`, `nn.GRUCell`: `weight_ih_l0`, `weight_hh`, … | `GRUCell`: `reset`, `update`, `candidate`, `recall` |
  /// | `nn.MultiheadAttention`: `in_proj_weight`, `out_proj.weight` | `query`, `key`, `value` and `output` |
  /// | `num_batches_tracked` of `nn.BatchNorm1d` | is left out |
  ///
  /// Numbers may be of the types F64, F32 and BF16.
  ///
  /// - Throws: ``CheckpointError``: for a tensor that is missing, that is of another shape, or that
  ///   belongs to nothing.
  public func load(pyTorch path: String) throws(CheckpointError) {
    try tensors.load(pyTorch: path)
  }
}

extension [NamedTensor] {
  /// Takes the tensors' numbers from a state dictionary of PyTorch, as a model's.
  public func load(pyTorch path: String) throws(CheckpointError) {
    let state = try PyTorchState(Safetensors(contentsOf: path), for: self)
    let numbers = try state.file.matching(self)
    try state.file.requireNothing(beside: map(\.name))
    set(numbers)
  }
}

/// A state dictionary with the names and shapes that Leibniz has.
struct PyTorchState {
  private(set) var file: Safetensors

  init(_ file: Safetensors, for tensors: [NamedTensor]) throws(CheckpointError) {
    self.file = file
    self.file.tensors.removeAll { $0.name.hasSuffix("num_batches_tracked") }
    nameLayers(tensors.map(\.name))
    for tensor in tensors {
      let name = tensor.name
      if name.hasSuffix("recall.weight") {
        try splitRecurrent(String(name.dropLast("recall.weight".count)), tensors)
      } else if name.hasSuffix("query.weight") {
        try splitAttention(String(name.dropLast("query.weight".count)), width: tensor.shape[0])
      }
    }
  }

  /// `nn.Sequential` counts activations too: its layers with numbers are taken in their order.
  private mutating func nameLayers(_ names: [String]) {
    let known = Set(names)
    func number(_ name: String) -> Int? { Int(name.prefix { $0 != "." }) }
    guard names.allSatisfy({ $0.hasPrefix("layers.") }),
      !file.tensors.contains(where: { known.contains($0.name) }),
      file.tensors.allSatisfy({ number($0.name) != nil })
    else { return }
    let layers = Set(file.tensors.map { number($0.name)! }).sorted()
    for i in file.tensors.indices {
      let name = file.tensors[i].name
      let rest = name.drop { $0 != "." }
      file.tensors[i].name = "layers.\(layers.firstIndex(of: number(name)!)!)\(rest)"
    }
  }

  /// The tensor with the first of some names that is there.
  private func name(_ prefix: String, _ names: [String]) -> String {
    let all = Set(file.tensors.map(\.name))
    return prefix + (names.first { all.contains(prefix + $0) } ?? names[0])
  }

  private mutating func take(_ name: String, _ shape: [Int]) throws(CheckpointError) -> [Double] {
    let values = try file.tensor(name, shape: shape)
    file.tensors.removeAll { $0.name == name }
    return values
  }

  /// Gates stand one below the other, r, z and n, and their biases apart for input and past.
  private mutating func splitRecurrent(
    _ prefix: String, _ tensors: [NamedTensor]
  ) throws(CheckpointError) {
    if file.tensors.contains(where: { $0.name == prefix + "recall.weight" }) { return }
    let shape = { (name: String) in tensors.first { $0.name == prefix + name }!.shape }
    let (outputs, inputs) = (shape("candidate.weight")[0], shape("candidate.weight")[1])
    let forInput = try take(name(prefix, ["weight_ih_l0", "weight_ih"]), [3 * outputs, inputs])
    let forPast = try take(name(prefix, ["weight_hh_l0", "weight_hh"]), [3 * outputs, outputs])
    let inputBias = try take(name(prefix, ["bias_ih_l0", "bias_ih"]), [3 * outputs])
    let pastBias = try take(name(prefix, ["bias_hh_l0", "bias_hh"]), [3 * outputs])
    for (gate, part) in ["reset", "update"].enumerated() {
      let rows = (gate * outputs..<(gate + 1) * outputs)
      let weights = zip(forInput.rows(of: inputs)[rows], forPast.rows(of: outputs)[rows])
      add(
        "\(prefix)\(part).weight", [outputs, inputs + outputs], weights.flatMap { $0 + $1 })
      add("\(prefix)\(part).bias", [outputs], rows.map { inputBias[$0] + pastBias[$0] })
    }
    let last = 2 * outputs
    add("\(prefix)candidate.weight", [outputs, inputs], Array(forInput[(last * inputs)...]))
    add("\(prefix)candidate.bias", [outputs], Array(inputBias[last...]))
    add("\(prefix)recall.weight", [outputs, outputs], Array(forPast[(last * outputs)...]))
    add("\(prefix)recall.bias", [outputs], Array(pastBias[last...]))
  }

  /// The matrices of queries, keys and values stand one below the other.
  private mutating func splitAttention(
    _ prefix: String, width: Int
  ) throws(CheckpointError) {
    for kind in ["weight", "bias"]
    where file.tensors.contains(where: { $0.name == "\(prefix)in_proj_\(kind)" }) {
      let shape = kind == "weight" ? [width, width] : [width]
      let size = shape.reduce(1, *)
      let all = try take("\(prefix)in_proj_\(kind)", [3 * width] + shape.dropFirst())
      for (i, part) in ["query", "key", "value"].enumerated() {
        add("\(prefix)\(part).\(kind)", shape, Array(all[i * size..<(i + 1) * size]))
      }
    }
    for i in file.tensors.indices where file.tensors[i].name.hasPrefix("\(prefix)out_proj.") {
      let rest = file.tensors[i].name.dropFirst("\(prefix)out_proj".count)
      file.tensors[i].name = "\(prefix)output\(rest)"
    }
  }

  private mutating func add(_ name: String, _ shape: [Int], _ values: [Double]) {
    file.tensors.append(Safetensors.Tensor(name: name, shape: shape, values: values))
  }
}
