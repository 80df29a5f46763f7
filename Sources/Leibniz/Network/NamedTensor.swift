/// Numbers of a model that belong together, such as the weights of a layer: the unit of checkpoints
/// and reports.
public struct NamedTensor {
  /// The path of the tensor, such as `layers.0.weight`.
  public var name: String
  /// The length along each axis; the last axis runs fastest.
  public let shape: [Int]
  /// The numbers; their count is the product of the shape.
  public let values: [Value]
  /// Whether optimisers change it. Running statistics are kept, but not trained.
  public let isTrained: Bool

  /// A tensor of a model.
  public init(_ name: String, shape: [Int], _ values: [Value], isTrained: Bool = true) {
    require(
      elementCount(of: shape) == values.count,
      "\(counted(values.count, "number")) cannot fill the shape \(shape).")
    self.name = name
    self.shape = shape
    self.values = values
    self.isTrained = isTrained
  }
}

extension Sequence<NamedTensor> {
  /// The tensors with a prefix to their names, as parts of a larger module.
  public func prefixed(with name: String) -> [NamedTensor] {
    map { tensor in
      var tensor = tensor
      tensor.name = "\(name).\(tensor.name)"
      return tensor
    }
  }

  /// The numbers that optimisers change.
  public var parameters: [Value] { filter { $0.isTrained }.flatMap { $0.values } }
}

extension [NamedTensor] {
  /// Gives each tensor new numbers.
  package func set(_ numbers: [[Double]]) {
    for (tensor, numbers) in zip(self, numbers) {
      for (value, number) in zip(tensor.values, numbers) { value.data = number }
    }
  }
}
